import fc from 'fast-check';
import {
  type AllegedParent,
  type AllegedParents,
  type AllelePair,
  type ClosedFormParameters,
  type Genotype,
  type LikelihoodParameters,
  type LikelihoodRatio,
  likelihoodRatio,
  type LocusModel,
  LocusModels,
  parentageLikelihoods,
  type ParentageLikelihoods,
  type Pedigree,
  type Profile,
  pruneUntypedFounders,
  readGenotype,
  type SilentAllele,
  type TypedParent,
} from '../../src/kinship/index.ts';
import { pedigreeLikelihood } from '../../src/kinship/reference/pedigree-likelihood.ts';
import { people, type World, worlds } from '../property/population.ts';

/** A child and alleged parents of a random world, related only by chance. */
export type Family = {
  readonly world: World;
  readonly child: Profile;
  readonly parents: AllegedParents;
};

/** One locus of a family that can be compared, with the model for it. */
export type LocusCase = {
  readonly model: LocusModel;
  readonly child: AllelePair;
  readonly parents: readonly [TypedParent] | readonly [TypedParent, TypedParent];
};

// Who stands in the pedigrees compared.
export const CHILD = { id: 'child', father: 'father', mother: 'mother', sex: 'unknown' } as const;
export const FATHER = { id: 'father', father: null, mother: null, sex: 'male' } as const;
export const MOTHER = { id: 'mother', father: null, mother: null, sex: 'female' } as const;
export const TRIO: Pedigree = [CHILD, FATHER, MOTHER];
const UNRELATED: Pedigree = [{ ...CHILD, father: null, mother: null }, FATHER, MOTHER];

/** Families with one parent in each role, and with both in either order. */
export const families: fc.Arbitrary<Family> = worlds.chain((world) => {
  const alleged = (role: AllegedParent['role']): fc.Arbitrary<AllegedParent> =>
    people(world).map((profile) => ({ role, profile }));
  return fc.record({
    world: fc.constant(world),
    child: people(world),
    parents: fc.oneof(
      fc.tuple(alleged('father')),
      fc.tuple(alleged('mother')),
      fc.tuple(alleged('parent')),
      fc.tuple(alleged('father'), alleged('mother')),
      fc.tuple(alleged('mother'), alleged('father')),
    ),
  });
});

/** What may hide alleles in a world: silent ones, or drop-out. */
export function hidden({
  table,
}: World): fc.Arbitrary<Required<Pick<ClosedFormParameters, 'silentAlleles' | 'dropOut'>>> {
  const loci = [...table.keys()];
  return fc
    .record({
      frequencies: fc.tuple(...loci.map(() => fc.constantFrom(0, 0, 0.001, 0.02, 0.2))),
      kit: fc.constantFrom(null, null, null, 'a kit that nobody was typed with'),
      dropOut: fc.constantFrom(0, 0.01, 0.1, 0.6),
    })
    .map(({ frequencies, kit, dropOut }) => ({
      silentAlleles: loci.flatMap((locus, place): SilentAllele[] => {
        const frequency = frequencies[place]!;
        return frequency > 0 ? [{ locus, kit, frequency }] : [];
      }),
      dropOut,
    }));
}

/** The loci where child and parents can be compared, each with its model. */
export function casesOf(
  { world, child, parents }: Family,
  parameters: LikelihoodParameters = world.parameters,
): LocusCase[] {
  const models = new LocusModels(world.table, parameters);
  return [...child].flatMap(([locus, genotype]): LocusCase[] => {
    const [ofChild] = usable(genotype);
    const typed = parents.flatMap(({ role, profile }): TypedParent[] =>
      usable(profile.get(locus)).map((ofParent) => ({ role, genotype: ofParent })),
    );
    const [one, other] = typed;
    if (!ofChild || !one) return [];
    const model = models.for(locus, [ofChild, ...typed.map((parent) => parent.genotype)].flat())!;
    return [{ model, child: ofChild, parents: other ? [one, other] : [one] }];
  });
}

export function likelihoodsOf({ model, child, parents }: LocusCase): ParentageLikelihoods {
  return parentageLikelihoods(model, child, parents);
}

export function ratioOf(one: LocusCase): LikelihoodRatio {
  const { numerator, denominator } = likelihoodsOf(one);
  return likelihoodRatio(numerator, denominator);
}

/** The LR from the definition: explicit untyped parents, or removed where that is the convention. */
export function enumeratedRatio(
  { model, child, parents }: LocusCase,
  convention: LikelihoodParameters['untypedParent'],
): LikelihoodRatio {
  const sexless = parents[0].role === 'parent';
  const used = sexless ? withOneTransmission(model) : model;
  const genotypes = new Map([['child', child]]);
  for (const { role, genotype } of parents) genotypes.set(sexless ? 'father' : role, genotype);
  const under = (pedigree: Pedigree): number => {
    const pruned = pruneUntypedFounders(pedigree, new Set(genotypes.keys()));
    return pedigreeLikelihood(used, convention === 'mutates' ? pedigree : pruned, genotypes);
  };
  return likelihoodRatio(under(TRIO), under(UNRELATED));
}

/** For a parent of unknown sex: both parents pass alleles on alike. */
function withOneTransmission(model: LocusModel): LocusModel {
  const { parent } = model.transmission;
  return { ...model, transmission: { father: parent, mother: parent, parent } };
}

/** The child without loci that no parent is typed at, the parents without those of the child. */
export function keepSharedLoci(
  child: Profile,
  parents: AllegedParents,
): { child: Profile; parents: AllegedParents } {
  const typed = new Set(parents.flatMap(({ profile }) => [...profile.keys()]));
  const trimmed = parents.map(({ role, profile }) => ({
    role,
    profile: new Map([...profile].filter(([locus]) => child.has(locus))),
  }));
  return {
    child: new Map([...child].filter(([locus]) => typed.has(locus))),
    parents: trimmed as never as AllegedParents,
  };
}

/** The same genotypes with the alleles of everybody in the other order. */
export function swapAlleles({ model, child, parents }: LocusCase): LocusCase {
  const swap = ([a, b]: AllelePair): AllelePair => [b, a];
  const swapped = parents.map(({ role, genotype }) => ({ role, genotype: swap(genotype) }));
  return { model, child: swap(child), parents: swapped as never as LocusCase['parents'] };
}

function usable(genotype: Genotype | undefined): AllelePair[] {
  const pair = genotype && readGenotype(genotype);
  return typeof pair === 'object' ? [pair] : [];
}
