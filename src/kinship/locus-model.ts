import type { AlleleLabel } from './allele.ts';
import {
  alleleIndex,
  type FrequencyTable,
  frequenciesFor,
  type LocusFrequencies,
} from './frequency-table.ts';
import type { Locus } from './locus.ts';
import { type MutationMatrix, mutationMatrix } from './mutation-model.ts';
import type { LikelihoodParameters } from './parameters.ts';

/** Whose meiosis: a father's, a mother's, or a parent's whose sex nobody stated (rates averaged). */
export type ParentRole = 'father' | 'mother' | 'parent';

/** Who the other parent is, when one is known. */
export const OTHER_PARENT: Readonly<Record<ParentRole, ParentRole>> = {
  father: 'mother',
  mother: 'father',
  parent: 'parent',
};

/** What one locus contributes to every likelihood: frequencies, and transmission by each parent. */
export type LocusModel = {
  readonly table: LocusFrequencies;
  readonly transmission: Readonly<Record<ParentRole, Transmission>>;
};

/** How one kind of parent passes an allele on. */
export type Transmission = {
  readonly matrix: MutationMatrix;
  /** By allele: probability that an untyped parent passes it on. */
  readonly fromUntyped: Float64Array;
};

/** The model of one locus over exactly the alleles of `table`. */
export function makeLocusModel(
  table: LocusFrequencies,
  parameters: LikelihoodParameters,
): LocusModel {
  const male = mutationMatrix(parameters.mutation, 'male', table);
  const female = mutationMatrix(parameters.mutation, 'female', table);
  const transmission = (matrix: MutationMatrix): Transmission => ({
    matrix,
    fromUntyped:
      parameters.untypedParent === 'population'
        ? table.frequencies
        : passOn(table.frequencies, matrix),
  });
  return {
    table,
    transmission: {
      father: transmission(male),
      mother: transmission(female),
      parent: transmission(averageMatrix(male, female)),
    },
  };
}

/**
 * The models of a table's loci. The model for alleles that the table holds is made once; alleles
 * that it lacks make a model for that comparison alone.
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

  /** The model for people who show these alleles, or undefined when the table lacks the locus. */
  for(locus: Locus, observed: readonly AlleleLabel[]): LocusModel | undefined {
    const table = this.#table.get(locus);
    if (!table) return undefined;
    if (!observed.every((allele) => alleleIndex(table, allele) !== undefined)) {
      return this.#make(table, observed);
    }
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

function averageMatrix(a: MutationMatrix, b: MutationMatrix): MutationMatrix {
  return { size: a.size, values: a.values.map((value, place) => (value + b.values[place]!) / 2) };
}
