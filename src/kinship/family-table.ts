import { type AlleleModel, makeAlleleModel } from './allele-model.ts';
import {
  type AlleleJoint,
  type SeenGenotype,
  seenProbability,
  seeGenotype,
  viewAlleles,
} from './allele-joint.ts';
import type { Observations } from './gene-graph.ts';
import type { HypothesisPair } from './hypothesis.ts';
import { readHypothesis } from './hypothesis-comparison.ts';
import type { LocusModel } from './locus-model.ts';
import { observeGenotype } from './locus-observation.ts';
import type { UntypedParent } from './parameters.ts';
import type { ParentageLikelihoods } from './parentage.ts';
import { indexIn } from './pass-on.ts';
import type { Pedigree } from './pedigree.ts';
import { genotypeLikelihoods } from './pedigree-likelihood.ts';
import type { AllelePair } from './profile.ts';

/** Two hypotheses about a person and others, as they are computed. */
export type FamilyPedigrees = { readonly h1: Pedigree; readonly h2: Pedigree };

/** @param typed everybody who is typed at some locus */
export function readFamily(
  { h1, h2 }: HypothesisPair,
  typed: ReadonlySet<string>,
  untypedParent: UntypedParent,
): FamilyPedigrees {
  const read = (hypothesis: HypothesisPair['h1']): Pedigree =>
    readHypothesis(hypothesis, { typed, untypedParent }).pedigree;
  return { h1: read(h1), h2: read(h2) };
}

/** What was seen of somebody at a locus. */
export type SeenRelative = { readonly id: string; readonly pair: AllelePair };

/**
 * One locus of a family, summed once over everybody's alleles for all genotypes that one person may
 * show; any pedigree, theta included.
 */
export class FamilyTable {
  readonly #model: LocusModel;
  readonly #person: string;
  readonly #pedigrees: FamilyPedigrees;
  readonly #relatives: readonly SeenRelative[];
  readonly #h1: AlleleJoint;
  readonly #h2: AlleleJoint;
  #plain: AlleleJoint | undefined;

  /** @throws KinshipError PEDIGREE_TOO_COMPLEX */
  constructor(
    model: LocusModel,
    person: string,
    pedigrees: FamilyPedigrees,
    relatives: readonly SeenRelative[],
  ) {
    this.#model = model;
    this.#person = person;
    this.#pedigrees = pedigrees;
    this.#relatives = relatives;
    const { theta, dropOut } = model;
    const seen = observationsOf(model, relatives, dropOut);
    const [h1, h2] = [pedigrees.h1, pedigrees.h2].map((pedigree) =>
      genotypeLikelihoods(model.alleles, pedigree, seen, person, theta),
    );
    const larger = Math.max(h1!.exponent, h2!.exponent);
    const view = ({ values, exponent }: NonNullable<typeof h1>): AlleleJoint =>
      viewAlleles(model, values.map((value) => value * 2 ** (exponent - larger))); // prettier-ignore
    this.#h1 = view(h1!);
    this.#h2 = view(h2!);
  }

  /** Up to a factor that both have. */
  likelihoods(pair: AllelePair): ParentageLikelihoods {
    const seen: SeenGenotype = seeGenotype(this.#model, pair);
    return {
      numerator: seenProbability(this.#h1, seen),
      denominator: seenProbability(this.#h2, seen),
    };
  }

  /** Whether the genotypes fit H1 without mutation, silent allele or drop-out. */
  fits([a, b]: AllelePair): boolean {
    this.#plain ??= this.#sumPlainly();
    const { size, values } = this.#plain;
    const [one, other] = [indexIn(this.#model, a), indexIn(this.#model, b)];
    return values[one * size + other]! > 0 || values[other * size + one]! > 0;
  }

  #sumPlainly(): AlleleJoint {
    const { table } = this.#model;
    const plain: AlleleModel = makeAlleleModel(table, { model: 'none' });
    const seen = observationsOf(this.#model, this.#relatives, 0);
    const { values } = genotypeLikelihoods(plain, this.#pedigrees.h1, seen, this.#person);
    return { size: table.alleles.length, values };
  }
}

function observationsOf(
  model: LocusModel,
  relatives: readonly SeenRelative[],
  dropOut: number,
): Observations {
  return new Map(
    relatives.map(({ id, pair }) => [id, [observeGenotype(model, pair, dropOut)]] as const),
  );
}
