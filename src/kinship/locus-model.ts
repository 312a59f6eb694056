import { type AlleleModel, makeAlleleModel, visibleShare } from './allele-model.ts';
import { type AlleleLabel, compareAlleles } from './allele.ts';
import {
  alleleIndex,
  type FrequencyTable,
  frequenciesFor,
  type LocusFrequencies,
} from './frequency-table.ts';
import type { Locus } from './locus.ts';
import { dependsOnObserved } from './minimum-frequency.ts';
import { identityMatrix, type MutationMatrix } from './mutation-matrix.ts';
import { checkDropOut } from './observation.ts';
import type { ClosedFormParameters, UntypedParent } from './parameters.ts';
import type { ParentRole } from './parent-role.ts';
import { remember } from './remember.ts';
import { silentClassesAt } from './silent-allele.ts';
import { checkTheta } from './theta.ts';

/** What one locus contributes to every likelihood: frequencies, and transmission by each parent. */
export type LocusModel = {
  readonly table: LocusFrequencies;
  /** The alleles that people carry: those of the table, then the silent one where there is one. */
  readonly alleles: AlleleModel;
  /** Frequency of all silent alleles together, in [0, 1); 0: there is none. */
  readonly silentFrequency: number;
  /** Probability that an allele of a heterozygote is not seen, in [0, 1). */
  readonly dropOut: number;
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

/**
 * The model of one locus over exactly the alleles of `table`, and one silent allele for all that
 * are silent to every kit.
 * @throws KinshipError PARAMETER_INVALID, SILENT_FREQUENCY_INVALID, and what the mutation model has
 *   against the table
 */
export function makeLocusModel(
  table: LocusFrequencies,
  parameters: ClosedFormParameters,
): LocusModel {
  const { theta, mutation, untypedParent, silentAlleles = [], dropOut = 0 } = parameters;
  checkTheta(theta);
  checkDropOut(dropOut);
  const { classes } = silentClassesAt(table.locus, silentAlleles, []);
  visibleShare(table, classes);
  const silentFrequency = classes.reduce((sum, { frequency }) => sum + frequency, 0);
  const silent = { frequency: silentFrequency, shownToSome: false };
  const alleles = makeAlleleModel(table, mutation, silentFrequency > 0 ? [silent] : []);
  const { frequencies } = alleles;
  const unchanged = identityMatrix(frequencies.length);
  const untyped = (matrix: MutationMatrix): UntypedTransmission => ({
    matrix,
    fromPopulation: passOn(frequencies, matrix),
  });
  const transmission = (matrix: MutationMatrix): Transmission => ({
    matrix,
    untyped: untyped(untypedParent === 'population' ? unchanged : matrix),
    untypedHere: untyped(matrix),
  });
  const { father, mother, parent } = alleles.transmission;
  return {
    table,
    alleles,
    silentFrequency,
    dropOut,
    theta,
    transmission: {
      father: transmission(father),
      mother: transmission(mother),
      parent: transmission(parent),
    },
  };
}

/** So many models of loci with alleles that the table lacks are kept. */
const EXTENDED_MODELS_KEPT = 4000;

/**
 * The models of a table's loci. The model for alleles that the table holds is made once, and one for
 * each set of alleles that it lacks; a minimum frequency that depends on who is compared makes a
 * model for that comparison alone.
 */
export class LocusModels {
  readonly #table: FrequencyTable;
  readonly #parameters: ClosedFormParameters;
  readonly #byLocus = new Map<Locus, LocusModel>();
  /** By locus and alleles that the table lacks, the one made first first. */
  readonly #extended = new Map<string, LocusModel>();

  constructor(table: FrequencyTable, parameters: ClosedFormParameters) {
    this.#table = table;
    this.#parameters = parameters;
  }

  get loci(): Locus[] {
    return [...this.#table.keys()];
  }

  get theta(): number {
    return this.#parameters.theta;
  }

  get untypedParent(): UntypedParent {
    return this.#parameters.untypedParent;
  }

  /** Whether a genotype may hide an allele: one that is silent to every kit, or that dropped out. */
  get hidesAlleles(): boolean {
    const { silentAlleles = [], dropOut = 0 } = this.#parameters;
    return dropOut > 0 || silentAlleles.some(({ kit }) => kit === null);
  }

  /** Whether the frequencies of the table's own alleles depend on who is compared. */
  get dependOnObserved(): boolean {
    return dependsOnObserved(this.#parameters.minimumFrequency);
  }

  /** The model for people who show these alleles, or undefined when the table lacks the locus. */
  for(locus: Locus, observed: readonly AlleleLabel[]): LocusModel | undefined {
    const table = this.#table.get(locus);
    if (!table) return undefined;
    if (this.dependOnObserved) return this.#make(table, observed);
    const unseen = observed.filter((allele) => alleleIndex(table, allele) === undefined);
    return unseen.length === 0 ? this.#forTable(table) : this.#forUnseen(table, unseen);
  }

  #forTable(table: LocusFrequencies): LocusModel {
    let model = this.#byLocus.get(table.locus);
    if (!model) {
      model = this.#make(table, []);
      this.#byLocus.set(table.locus, model);
    }
    return model;
  }

  #forUnseen(table: LocusFrequencies, unseen: readonly AlleleLabel[]): LocusModel {
    const added = [...new Set(unseen)].sort(compareAlleles);
    const key = `${table.locus} ${added.join()}`;
    return remember(this.#extended, key, () => this.#make(table, added), EXTENDED_MODELS_KEPT);
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
