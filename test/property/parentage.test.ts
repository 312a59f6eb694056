import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import t from 'tap';
import {
  alleleIndex,
  type AllegedParents,
  childLikelihood,
  compareParentage,
  encodeProfile,
  type LikelihoodParameters,
  type LikelihoodRatio,
  LocusModels,
  makeAlleleModel,
  makeParentageTable,
  type Observation,
  OTHER_PARENT,
  parentageLikelihoods,
  type ParentageTable,
  type ParentRole,
  type Pedigree,
  type Profile,
  pruneUntypedFounders,
  readGenotype,
  scoreCouple,
  scoreDuo,
  type TypedParent,
} from '../../src/kinship/index.ts';
import { observedLikelihood } from '../../src/kinship/reference/pedigree-likelihood.ts';
import {
  casesOf,
  families,
  type Family,
  keepSharedLoci,
  likelihoodsOf,
  type LocusCase,
  ratioOf,
  swapAlleles,
} from '../kinship/random-families.ts';

const SEX = { father: 'male', mother: 'female', parent: 'unknown' } as const;
const THETAS = [0, 0.01, 0.03, 0.3];

/** Families whose founders share ancestry, with the parameters to compare them under. */
const kin = fc
  .tuple(families, fc.constantFrom(...THETAS))
  .map(([family, theta]): Family & { parameters: LikelihoodParameters } => ({
    ...family,
    parameters: { ...family.world.parameters, theta },
  }));

t.test('with theta, both likelihoods are the sums over all genotypes', (t) => {
  const compared = { father: 0, mother: 0, parent: 0, two: 0, mutates: 0, population: 0, theta: 0, impossible: 0 }; // prettier-ignore
  holds(1000, kin, ({ parameters, ...family }) =>
    casesOf(family, parameters).every((one) => {
      const { numerator, denominator } = likelihoodsOf(one);
      compared[one.parents.length === 2 ? 'two' : one.parents[0].role]++;
      compared[parameters.untypedParent]++;
      if (parameters.theta > 0) compared.theta++;
      if (numerator === 0) compared.impossible++;
      const people = { parents: one.parents, others: [] };
      const strangers = { parents: [], others: one.parents };
      return (
        isClose(numerator, enumerate(one, people, parameters)) &&
        isClose(denominator, enumerate(one, strangers, parameters))
      );
    }),
  );
  for (const [kind, count] of Object.entries(compared)) t.ok(count > 200, `${count}: ${kind}`);
  t.end();
});

t.test('people who are not the parents are in the urn too', (t) => {
  let compared = 0;
  holds(600, kin, ({ parameters, ...family }) =>
    casesOf(family, parameters).every((one) => {
      const [parent, other] = one.parents;
      if (!other) return true;
      compared++;
      const closed = childLikelihood(one.model, one.child, [parent], [other.genotype]);
      return isClose(closed, enumerate(one, { parents: [parent], others: [other] }, parameters));
    }),
  );
  t.ok(compared > 200, `${compared} loci compared`);
  t.end();
});

t.test('with theta, the likelihoods of all genotypes that a child can have sum to 1', (t) => {
  let summed = 0;
  holds(300, kin, ({ parameters, ...family }) =>
    casesOf(family, parameters).every(({ model, parents }) => {
      const { alleles } = model.table;
      let [h1, h2] = [0, 0];
      for (const child of alleles.flatMap((a, at) => alleles.slice(at).map((b) => [a, b] as const))) {
        const { numerator, denominator } = parentageLikelihoods(model, child, parents);
        h1 += numerator;
        h2 += denominator;
      }
      summed++;
      return isClose(h1, 1) && isClose(h2, 1);
    }),
  ); // prettier-ignore
  t.ok(summed > 300, `${summed} loci summed`);
  t.end();
});

t.test('without mutation, parent and child may change places', (t) => {
  let compared = 0;
  holds(400, kin, ({ parameters, ...family }) =>
    casesOf(family, { ...parameters, mutation: { model: 'none' } }).every((one) => {
      const [{ role, genotype }] = one.parents;
      const duo = { ...one, parents: [{ role, genotype }] } as const;
      const turned = { ...one, child: genotype, parents: [{ role, genotype: one.child }] } as const;
      compared++;
      return agrees(ratioOf(duo), ratioOf(turned), 1e-12);
    }),
  );
  t.ok(compared > 400, `${compared} loci compared`);
  t.end();
});

t.test('with theta, the order of alleles, of loci and of parents moves no digit', (t) => {
  const turn = (profile: Profile): Profile => new Map([...profile].reverse());
  let compared = 0;
  holds(300, kin, ({ parameters, ...family }) => {
    const { world, child, parents } = family;
    const [first, second] = parents.map(({ role, profile }) => ({ role, profile: turn(profile) }));
    const turned: AllegedParents = second ? [second, first!] : [first!];
    const models = new LocusModels(world.table, parameters);
    const here = compareParentage(models, child, parents).lr;
    if (!isDeepStrictEqual(here, compareParentage(models, turn(child), turned).lr)) return false;
    return casesOf(family, parameters).every((one) => {
      compared++;
      return isDeepStrictEqual(likelihoodsOf(swapAlleles(one)), likelihoodsOf(one));
    });
  });
  t.ok(compared > 300, `${compared} loci compared`);
  t.end();
});

t.test('as theta goes to 0, and as the rates do, the plain forms are met', (t) => {
  let [compared, excluded] = [0, 0];
  // An allele of frequency p moves by θ/p and μ/p relatively; the rarest here has p = 0.001.
  const tiny = 1e-13;
  const rates = { male: { rate: tiny }, female: { rate: tiny } };
  holds(300, kin, ({ parameters, ...family }) => {
    const under = (changes: Partial<LikelihoodParameters>): LikelihoodRatio[] =>
      casesOf(family, { ...parameters, ...changes }).map(ratioOf);
    const plain = under({ theta: 0 });
    const unchanging = under({ mutation: { model: 'none' } });
    const nearlyPlain = under({ theta: tiny });
    const nearlyUnchanging = under({ mutation: { model: 'equal', ...rates } });
    return plain.every((lr, place) => {
      compared++;
      if (!agrees(lr, nearlyPlain[place]!, 1e-9)) return false;
      const without = unchanging[place]!;
      if (without.kind === 'finite') return agrees(without, nearlyUnchanging[place]!, 1e-9);
      excluded++;
      const small = nearlyUnchanging[place]!;
      return small.kind === 'finite' && small.log10Lr < -5;
    });
  });
  t.ok(compared > 300 && excluded > 50, `${compared} loci compared, ${excluded} of them excluded`);
  t.end();
});

t.test('with theta, a locus that nobody shares counts nothing', (t) => {
  let removed = 0;
  holds(300, kin, ({ world, parameters, child, parents }) => {
    const models = new LocusModels(world.table, parameters);
    const shared = keepSharedLoci(child, parents);
    removed += child.size - shared.child.size;
    const all = compareParentage(models, child, parents);
    const some = compareParentage(models, shared.child, shared.parents);
    return isDeepStrictEqual([all.lr, all.compared], [some.lr, some.compared]);
  });
  t.ok(removed > 100, `${removed} loci removed`);
  t.end();
});

t.test('the table scores what the comparison finds, or leaves it to the comparison', (t) => {
  const counted = { duo: 0, couple: 0, theta: 0, finite: 0, excluded: 0, left: 0 };
  holds(2000, kin, ({ world, parameters, child, parents }) => {
    const models = new LocusModels(world.table, parameters);
    const score = scoreFamily(makeParentageTable(models), child, parents);
    counted[parents.length === 1 ? 'duo' : 'couple']++;
    if (parameters.theta > 0) counted.theta++;
    const { lr, compared } = compareParentage(models, child, parents);
    const isOutside = compared.some(({ locus }) =>
      [child, ...parents.map(({ profile }) => profile)].some((profile) => {
        const pair = readGenotype(profile.get(locus) ?? []);
        return profile.has(locus) && typeof pair === 'object' && !pair.every((allele) => world.table.get(locus)!.alleles.includes(allele)); // prettier-ignore
      }),
    );
    counted[isOutside ? 'left' : (lr.kind as 'finite')]++;
    if (isOutside) return Number.isNaN(score);
    const found = lr.kind === 'finite' ? lr.log10Lr : -Infinity;
    return score === found || Math.abs(score - found) * Math.LN10 < 1e-12;
  });
  for (const [kind, count] of Object.entries(counted)) t.ok(count > 200, `${count}: ${kind}`);
  t.end();
});

/** Rows as they stand in an array of many people: behind somebody else's. */
function scoreFamily(table: ParentageTable, child: Profile, parents: AllegedParents): number {
  const at = 2 * table.models.length;
  const rowOf = (profile: Profile): Uint16Array =>
    Uint16Array.from([...encodeProfile(table, child), ...encodeProfile(table, profile)]);
  const [first, second] = parents;
  if (!second) return scoreDuo(table, first.role, rowOf(child), at, rowOf(first.profile), at);
  const [father, mother] = first.role === 'father' ? [first, second] : [second, first];
  return scoreCouple(table, rowOf(child), at, rowOf(father.profile), at, rowOf(mother.profile), at);
}

type People = { readonly parents: readonly TypedParent[]; readonly others: readonly TypedParent[] };

/** P(the child's genotype | all others' genotypes), each probability summed from the definition. */
function enumerate(
  { model, child }: LocusCase,
  { parents, others }: People,
  { mutation, untypedParent, theta }: LikelihoodParameters,
): number {
  const typed = [...parents, ...others].map((one, place) => ({ ...one, id: `person ${place}` }));
  const founder = (id: string, role: ParentRole) => ({ id, father: null, mother: null, sex: SEX[role] }); // prettier-ignore
  const founders: Pedigree = typed.map(({ id, role }) => founder(id, role));
  const seen = new Map<string, Observation[]>();
  for (const { id, genotype } of [...typed, { id: 'child', genotype: child }]) {
    const alleles = genotype.map((allele) => alleleIndex(model.table, allele)!);
    seen.set(id, [{ seen: 'two', alleles: alleles as never, dropOut: 0 }]);
  }
  const [first] = parents;
  const parentIds = first ? [typed[0]!.id, parents[1] ? typed[1]!.id : 'untyped'] : [null, null];
  const family: Pedigree = [
    ...founders,
    ...(parents.length === 1 ? [founder('untyped', OTHER_PARENT[first!.role])] : []),
    { id: 'child', father: parentIds[0]!, mother: parentIds[1]!, sex: 'unknown' },
  ];
  // Who passes an allele on goes by their sex; whom the child calls father, by theirs too.
  const ordered = first?.role === 'mother' ? family.map((one) => ({ ...one, father: one.mother, mother: one.father })) : family; // prettier-ignore
  const read =
    untypedParent === 'population' ? pruneUntypedFounders(ordered, new Set(seen.keys())) : ordered;
  const alleles = makeAlleleModel(model.table, mutation);
  const withoutChild = new Map([...seen].filter(([id]) => id !== 'child'));
  return (
    observedLikelihood(alleles, read, seen, theta) /
    observedLikelihood(alleles, founders, withoutChild, theta)
  );
}

function isClose(actual: number, expected: number): boolean {
  return Math.abs(actual - expected) <= 1e-11 * expected;
}

function agrees(a: LikelihoodRatio, b: LikelihoodRatio, tolerance: number): boolean {
  if (a.kind !== 'finite' || b.kind !== 'finite') return a.kind === b.kind;
  return Math.abs(a.log10Lr - b.log10Lr) * Math.LN10 < tolerance;
}

function holds<Input>(
  numRuns: number,
  inputs: fc.Arbitrary<Input>,
  property: (input: Input) => boolean,
): void {
  fc.assert(fc.property(inputs, property), { numRuns });
}
