import type { AlleleLabel } from './allele.ts';
import {
  alleleIndex,
  type FrequencyTable,
  frequenciesFor,
  type LocusFrequencies,
} from './frequency-table.ts';
import type { Locus } from './locus.ts';
import { dependsOnObserved } from './minimum-frequency.ts';
import { identityMatrix, type MutationMatrix } from './mutation-matrix.ts';
import type { LikelihoodParameters } from './parameters.ts';
import type { ParentRole } from './parent-role.ts';
import { checkTheta } from './theta.ts';
import { transmissionMatrices } from './transmission.ts';

/** What one locus contributes to every likelihood: frequencies, and transmission by each parent. */
export type LocusModel = {
  readonly table: LocusFrequencies;
  /** Coancestry of the founders, in [0, 1). */
  readonly theta: number;
  readonly transmission: Readonly<Record<ParentRole, Transmission>>;
};

/** How one kind of parent passes an allele on. */
export type Transmission = {
  readonly matrix: MutationMatrix;
  /** Of a parent who is typed nowhere: as the parameters read it. */
  readonly untyped: UntypedTransmission;
  /** Of a parent who is typed at other loci: such a person is never pruned, and mutates. */
  readonly untypedHere: UntypedTransmission;
};

/** How a parent passes an allele on that nobody knows. */
export type UntypedTransmission = {
  /** The mutation matrix, or no change where the child's allele is a draw. */
  readonly matrix: MutationMatrix;
  /** By allele: probability that it is passed on, where the parent's is no copy of others'. */
  readonly fromPopulation: Float64Array;
};

/** The model of one locus over exactly the alleles of `table`. */
export function makeLocusModel(
  table: LocusFrequencies,
  parameters: LikelihoodParameters,
): LocusModel {
  checkTheta(parameters.theta);
  const { father, mother, parent } = transmissionMatrices(parameters.mutation, table);
  const unchanged = identityMatrix(table.alleles.length);
  const untyped = (matrix: MutationMatrix): UntypedTransmission => ({
    matrix,
    fromPopulation: passOn(table.frequencies, matrix),
  });
  const transmission = (matrix: MutationMatrix): Transmission => ({
    matrix,
    untyped: untyped(parameters.untypedParent === 'population' ? unchanged : matrix),
    untypedHere: untyped(matrix),
  });
  return {
    table,
    theta: parameters.theta,
    transmission: {
      father: transmission(father),
      mother: transmission(mother),
      parent: transmission(parent),
    },
  };
}

/**
 * The models of a table's loci. The model for alleles that the table holds is made once; alleles
 * that it lacks make a model for that comparison alone, and so does a minimum frequency that
 * depends on who is compared.
 */
export class LocusModels {
  readonly #table: FrequencyTable;
  readonly #parameters: LikelihoodParameters;
  readonly #byLocus = new Map<Locus, LocusModel>();

  constructor(table: FrequencyTable, parameters: LikelihoodParameters) {
    this.#table = table;
    this.#parameters = parameters;
  }

  get loci(): Locus[] {
    return [...this.#table.keys()];
  }

  get theta(): number {
    return this.#parameters.theta;
  }

  /** Whether the frequencies of the table's own alleles depend on who is compared. */
  get dependOnObserved(): boolean {
    return dependsOnObserved(this.#parameters.minimumFrequency);
  }

  /** The model for people who show these alleles, or undefined when the table lacks the locus. */
  for(locus: Locus, observed: readonly AlleleLabel[]): LocusModel | undefined {
    const table = this.#table.get(locus);
    if (!table) return undefined;
    const isOfTable = observed.every((allele) => alleleIndex(table, allele) !== undefined);
    if (this.dependOnObserved || !isOfTable) return this.#make(table, observed);
    let model = this.#byLocus.get(locus);
    if (!model) {
      model = this.#make(table, []);
      this.#byLocus.set(locus, model);
    }
    return model;
  }

  #make(table: LocusFrequencies, observed: readonly AlleleLabel[]): LocusModel {
    const used = frequenciesFor(table, observed, this.#parameters.minimumFrequency);
    return makeLocusModel(used, this.#parameters);
  }
}

function passOn(frequencies: Float64Array, { size, values }: MutationMatrix): Float64Array {
  return frequencies.map((_, to) => {
    let sum = 0;
    for (let from = 0; from < size; from++) sum += frequencies[from]! * values[from * size + to]!;
    return sum;
  });
}
