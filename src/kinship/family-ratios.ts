import type { AlleleLabel } from './allele.ts';
import { type FamilyRelation, familyHypotheses } from './family.ts';
import { FamilyTable, readFamily, type SeenRelative } from './family-table.ts';
import type { HypothesisPair } from './hypothesis.ts';
import type { Locus } from './locus.ts';
import type { LocusModel, LocusModels } from './locus-model.ts';
import {
  isMendelian,
  type ParentageLikelihoods,
  parentageLikelihoods,
  type TypedParents,
} from './parentage.ts';
import type { ParentRole } from './parent-role.ts';
import { type AllelePair, type GenotypeFault, type Profile, readGenotype } from './profile.ts';
import { relativeLikelihoods } from './relative-ratio.ts';

/** A relative of the missing child with everything typed of them. */
export type FamilyMember = { readonly relation: FamilyRelation; readonly profile: Profile };

/** One locus of a family, ready for whatever a child shows there. */
export type FamilyLocus = {
  /** P(everything seen) under H1 and H2, up to a factor that both have. */
  readonly likelihoods: (child: AllelePair) => ParentageLikelihoods;
  /** Whether the genotypes fit without mutation, silent allele or drop-out. */
  readonly fits: (child: AllelePair) => boolean;
};

/** What is seen of a family at one locus. */
type FamilyView = {
  readonly typed: readonly (SeenRelative & { readonly relation: FamilyRelation })[];
  readonly alleles: readonly AlleleLabel[];
  readonly fault: GenotypeFault | undefined;
  /** By model: there are several where children show alleles that the table lacks. */
  readonly prepared: Map<LocusModel, FamilyLocus>;
};

/** A name that no member has. */
const CHILD = 'child';
const MODELS_KEPT = 100;

/**
 * LR of «this is the child that the family misses» against «unrelated», locus by locus, for any
 * genotype that the child may show. Parents, and at theta 0 a single relative, are computed in
 * closed form; every other family by one sum a locus, kept for all genotypes.
 */
export class FamilyRatios {
  readonly #models: LocusModels;
  readonly #members: readonly (FamilyMember & { readonly id: string })[];
  readonly #hypotheses: HypothesisPair;
  readonly #byLocus = new Map<Locus, FamilyView>();

  /** @throws KinshipError PEDIGREE_INVALID when the relations make no family */
  constructor(models: LocusModels, members: readonly FamilyMember[]) {
    this.#models = models;
    this.#members = members.map((member, place) => ({ ...member, id: `relative ${place + 1}` }));
    this.#hypotheses = familyHypotheses(CHILD, this.#members);
  }

  /**
   * The LR of one locus, at or above 0 and never NaN: 0 as well where the members' own genotypes
   * exclude one another, which compareFamily tells apart.
   * @returns null where no member is typed, or the table lacks the locus
   * @throws KinshipError when the parameters do not fit the table; PEDIGREE_TOO_COMPLEX
   */
  at(locus: Locus, child: AllelePair): number | null {
    const prepared = this.prepare(locus, child);
    if (!prepared) return null;
    const { numerator, denominator } = prepared.likelihoods(child);
    return numerator === 0 ? 0 : numerator / denominator;
  }

  /** The members' profiles. */
  get profiles(): Profile[] {
    return this.#members.map(({ profile }) => profile);
  }

  /** How many members can be compared at a locus. */
  countTyped(locus: Locus): number {
    return this.#view(locus).typed.length;
  }

  /** Why a member's genotype at a locus cannot be used. */
  faultAt(locus: Locus): GenotypeFault | undefined {
    return this.#view(locus).fault;
  }

  /** As for {@link at}, with what the LR is made of. */
  prepare(locus: Locus, child: AllelePair): FamilyLocus | null {
    const { typed, alleles, prepared } = this.#view(locus);
    if (typed.length === 0) return null;
    const model = this.#models.for(locus, [...alleles, ...child]);
    if (!model) return null;
    let ready = prepared.get(model);
    if (!ready) {
      ready = this.#prepareModel(model, typed);
      if (prepared.size >= MODELS_KEPT) prepared.clear();
      prepared.set(model, ready);
    }
    return ready;
  }

  #view(locus: Locus): FamilyView {
    let view = this.#byLocus.get(locus);
    if (!view) {
      view = viewFamily(this.#members, locus);
      this.#byLocus.set(locus, view);
    }
    return view;
  }

  #prepareModel(model: LocusModel, typed: FamilyView['typed']): FamilyLocus {
    const hidesAlleles = model.silentFrequency > 0 || model.dropOut > 0;
    const isClosed = model.theta === 0 || !hidesAlleles;
    const parents = this.#members.every(({ relation }) => isParent(relation))
      ? typed.flatMap(({ relation, pair }) =>
          isParent(relation) ? [{ role: relation, genotype: pair }] : [],
        )
      : [];
    if (isClosed && hasParent(parents)) return this.#prepareParents(model, parents);
    const [only] = typed;
    if (this.#members.length === 1 && model.theta === 0 && only && !isParent(only.relation)) {
      const { relation, pair } = only;
      return {
        likelihoods: (child) => relativeLikelihoods(model, relation, child, pair),
        // Who else made either is not known, and may have had any alleles.
        fits: () => true,
      };
    }
    return this.#prepareTable(model, typed);
  }

  #prepareParents(model: LocusModel, parents: TypedParents): FamilyLocus {
    const otherParent = this.#members.length === 2 ? 'elsewhere' : 'nowhere';
    return {
      likelihoods: (child) => parentageLikelihoods(model, child, parents, otherParent),
      fits: (child) => isMendelian(child, parents),
    };
  }

  #prepareTable(model: LocusModel, typed: FamilyView['typed']): FamilyLocus {
    const everybody = new Set([CHILD, ...this.#members.map(({ id }) => id)]);
    const pedigrees = readFamily(this.#hypotheses, everybody, this.#models.untypedParent);
    const table = new FamilyTable(model, CHILD, pedigrees, typed);
    return {
      likelihoods: (child) => table.likelihoods(child),
      fits: (child) => table.fits(child),
    };
  }
}

function viewFamily(
  members: readonly (FamilyMember & { readonly id: string })[],
  locus: Locus,
): FamilyView {
  const readings = members.flatMap(({ id, relation, profile }) => {
    const genotype = profile.get(locus);
    return genotype ? [{ id, relation, reading: readGenotype(genotype) }] : [];
  });
  const typed = readings.flatMap(({ id, relation, reading }) =>
    typeof reading === 'string' ? [] : [{ id, relation, pair: reading }],
  );
  const fault = readings.map(({ reading }) => reading).find((one) => typeof one === 'string');
  return { typed, alleles: typed.flatMap(({ pair }) => pair), fault, prepared: new Map() };
}

function isParent(relation: FamilyRelation): relation is ParentRole {
  return relation === 'father' || relation === 'mother' || relation === 'parent';
}

function hasParent(parents: readonly unknown[]): parents is TypedParents {
  return parents.length > 0;
}
