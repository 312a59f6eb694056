import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import t from 'tap';
import {
  type AllegedParents,
  combineLoci,
  compareParentage,
  type LikelihoodRatio,
  likelihoodRatio,
  LocusModels,
  type MutationParameters,
  parentageLikelihoods,
  type Profile,
} from '../../src/kinship/index.ts';
import { pedigreeLikelihood } from '../../src/kinship/reference/pedigree-likelihood.ts';
import {
  casesOf,
  CHILD,
  enumeratedRatio,
  families,
  FATHER,
  keepSharedLoci,
  likelihoodsOf,
  MOTHER,
  ratioOf,
  swapAlleles,
  TRIO,
} from '../kinship/random-families.ts';

t.test('the closed form is the sum over all genotypes, whoever is typed', (t) => {
  const compared = { father: 0, mother: 0, parent: 0, two: 0, mutates: 0, population: 0, finite: 0, excluded: 0 }; // prettier-ignore
  holds(1500, families, (family) => {
    const { untypedParent } = family.world.parameters;
    return casesOf(family).every((one) => {
      const closed = ratioOf(one);
      const [{ role }] = one.parents;
      compared[one.parents.length === 2 ? 'two' : role]++;
      compared[untypedParent]++;
      compared[closed.kind as 'finite' | 'excluded']++;
      return agrees(closed, enumeratedRatio(one, untypedParent), 1e-9);
    });
  });
  for (const [kind, count] of Object.entries(compared)) t.ok(count > 300, `${count}: ${kind}`);
  t.end();
});

t.test('the likelihoods of all genotypes that a child can have sum to 1', (t) => {
  let summed = 0;
  holds(400, families, (family) =>
    casesOf(family).every(({ model, parents }) => {
      const { alleles } = model.table;
      const genotypes = alleles.flatMap((a, at) => alleles.slice(at).map((b) => [a, b] as const));
      let [h1, h2] = [0, 0];
      for (const child of genotypes) {
        const { numerator, denominator } = parentageLikelihoods(model, child, parents);
        h1 += numerator;
        h2 += denominator;
      }
      summed++;
      return Math.abs(h1 - 1) < 1e-12 && Math.abs(h2 - 1) < 1e-12;
    }),
  );
  t.ok(summed > 400, `${summed} loci summed`);
  t.end();
});

t.test('the order of alleles, of loci, of parents and of comparisons moves no digit', (t) => {
  const turn = (profile: Profile): Profile => new Map([...profile].reverse());
  let compared = 0;
  holds(400, families, (family) => {
    const { world, child, parents } = family;
    const [first, second] = parents.map(({ role, profile }) => ({ role, profile: turn(profile) }));
    const turned: AllegedParents = second ? [second, first!] : [first!];
    const models = new LocusModels(world.table, world.parameters);
    // The models keep what earlier comparisons prepared; it must not show.
    compareParentage(models, first!.profile, [{ role: 'mother', profile: child }]);
    const after = compareParentage(models, turn(child), turned).lr;
    const fresh = new LocusModels(world.table, world.parameters);
    if (!isDeepStrictEqual(after, compareParentage(fresh, child, parents).lr)) return false;
    return casesOf(family).every((one) => {
      compared++;
      return isDeepStrictEqual(likelihoodsOf(swapAlleles(one)), likelihoodsOf(one));
    });
  });
  t.ok(compared > 400, `${compared} loci compared`);
  t.end();
});

t.test('a locus typed on one side only changes nothing', (t) => {
  let removed = 0;
  holds(400, families, ({ world, child, parents }) => {
    const models = new LocusModels(world.table, world.parameters);
    const shared = keepSharedLoci(child, parents);
    removed += child.size - shared.child.size;
    const all = compareParentage(models, child, parents);
    const some = compareParentage(models, shared.child, shared.parents);
    return isDeepStrictEqual([all.lr, all.compared], [some.lr, some.compared]);
  });
  t.ok(removed > 200, `${removed} loci removed`);
  t.end();
});

t.test('as the rates go to 0, every model becomes the one without mutation', (t) => {
  const compared = { finite: 0, excluded: 0 };
  // An allele of frequency p moves by μ/p relatively; the rarest here has p = 0.001.
  const rates = { male: { rate: 1e-13 }, female: { rate: 1e-13 } };
  const names = fc.constantFrom('equal', 'proportional', 'stepwise', 'stepwise-extended');
  holds(400, fc.tuple(families, names), ([family, model]) => {
    const under = (mutation: MutationParameters): LikelihoodRatio[] =>
      casesOf(family, { ...family.world.parameters, mutation }).map(ratioOf);
    const tiny = under({ model, ...rates });
    return under({ model: 'none' }).every((none, place) => {
      compared[none.kind as 'finite' | 'excluded']++;
      if (none.kind === 'finite') return agrees(none, tiny[place]!, 1e-9);
      return orElse(tiny[place]!, -Infinity) < -5;
    });
  });
  for (const [kind, count] of Object.entries(compared)) t.ok(count > 100, `${count} loci: ${kind}`);
  t.end();
});

t.test('a pedigree against itself, told in another order and with other names, has LR 1', (t) => {
  let compared = 0;
  holds(400, families, (family) =>
    casesOf(family).every(({ model, child, parents: [{ genotype }] }) => {
      const here = pedigreeLikelihood(model, TRIO, new Map([['child', child], ['father', genotype]])); // prettier-ignore
      const there = pedigreeLikelihood(
        model,
        [{ ...MOTHER, id: 'c' }, { ...CHILD, id: 'a', father: 'b', mother: 'c' }, { ...FATHER, id: 'b' }],
        new Map([['b', genotype], ['a', child]]),
      ); // prettier-ignore
      compared++;
      return agrees(
        likelihoodRatio(here, there),
        here === 0 ? likelihoodRatio(0, 0) : finite(0),
        1e-12,
      );
    }),
  );
  t.ok(compared > 400, `${compared} loci compared`);
  t.end();
});

t.test('loci combine in any order and grouping, and an LR of 1 changes nothing', (t) => {
  const others = fc
    .constantFrom('excluded' as const, 'infinite', 'undefined')
    .map((kind) => ({ kind }));
  const ratios = fc.oneof(
    { weight: 6, arbitrary: fc.double({ min: -40, max: 40, noNaN: true }).map(finite) },
    { weight: 1, arbitrary: others },
  );
  const kinds = new Set<string>();
  const lists = fc.array(ratios, { maxLength: 6 });
  holds(2000, fc.tuple(lists, lists), ([some, more]) => {
    const all = combineLoci([...some, ...more]);
    kinds.add(all.kind);
    const grouped = combineLoci([combineLoci(some), combineLoci(more)]);
    const turned = combineLoci([...more, finite(0), ...some].reverse());
    return agrees(all, grouped, 1e-12) && agrees(all, turned, 1e-12);
  });
  t.equal(kinds.size, 4, 'all four results occurred');
  t.end();
});

function agrees(a: LikelihoodRatio, b: LikelihoodRatio, tolerance: number): boolean {
  if (a.kind !== 'finite' || b.kind !== 'finite') return a.kind === b.kind;
  return Math.abs(a.log10Lr - b.log10Lr) * Math.LN10 < tolerance;
}

function orElse(ratio: LikelihoodRatio, excluded: number): number {
  if (ratio.kind === 'excluded') return excluded;
  return ratio.kind === 'finite' ? ratio.log10Lr : NaN;
}

function finite(log10Lr: number): LikelihoodRatio {
  return { kind: 'finite', log10Lr };
}

function holds<Input>(
  numRuns: number,
  inputs: fc.Arbitrary<Input>,
  property: (input: Input) => boolean,
): void {
  fc.assert(fc.property(inputs, property), { numRuns });
}
