import fc from 'fast-check';
import t from 'tap';
import {
  calculate,
  type ClosedFormParameters,
  compareRivals,
  type LikelihoodRatio,
  LocusModels,
  type ParentRole,
  type Profile,
  relationshipHypothesis,
  RIVAL_RELATIONSHIPS,
  unrelatedHypothesis,
} from '../../src/kinship/index.ts';
import { hidden } from '../kinship/random-families.ts';
import { people, type World, worlds } from './population.ts';

type Question = {
  readonly world: World;
  readonly parameters: ClosedFormParameters;
  readonly child: Profile;
  readonly role: ParentRole;
  readonly profile: Profile;
};

const SEX = { father: 'male', mother: 'female', parent: 'unknown' } as const;

const questions = (theta: number): fc.Arbitrary<Question> =>
  worlds.chain((world) =>
    fc
      .record({
        world: fc.constant(world),
        parameters: hidden(world).map((hiding) => ({ ...world.parameters, ...hiding, theta })),
        child: people(world),
        role: fc.constantFrom('father' as const, 'mother' as const, 'parent' as const),
        profile: people(world),
        isSame: fc.boolean(),
      })
      .map(({ isSame, ...one }) => (isSame ? { ...one, profile: one.child } : one)),
  );

for (const [theta, numRuns] of [
  [0, 300],
  [0.03, 40],
] as const) {
  t.test(`theta ${theta}: rivals are weighed as by the calculation for any pedigree`, (t) => {
    const compared = { finite: 0, excluded: 0, infinite: 0, undefined: 0 };
    fc.assert(
      fc.property(questions(theta), (question) => {
        const { world, parameters, child, role, profile } = question;
        const models = new LocusModels(world.table, parameters);
        const rivals = compareRivals(models, child, { role, profile });
        const general = weighGenerally(question);
        return rivals.every(({ lr, lociInconsistent }, place) => {
          compared[lr.kind]++;
          const { observed } = general.inconsistencies[place]!;
          return agree(lr, general.lrs[place]!) && observed === lociInconsistent;
        });
      }),
      { numRuns },
    );
    t.ok(compared.finite > numRuns && compared.excluded > numRuns / 20, JSON.stringify(compared));
    t.end();
  });
}

t.test('without mutation half siblings are as uncle and nephew, and identity is 1/P(genotype)', (t) => {
  let compared = 0;
  fc.assert(
    fc.property(questions(0), ({ world, child }) => {
      const models = new LocusModels(world.table, { ...world.parameters, mutation: { model: 'none' } });
      const lrs = compareRivals(models, child, { role: 'father', profile: child }).map(({ lr }) => lr);
      const [, , half, avuncular, identical] = lrs;
      let log10 = 0;
      for (const [locus, [a, b, ...more]] of child) {
        const model = models.for(locus, [a!, b!]);
        if (!model || more.length > 0) continue;
        const p = [a, b].map((one) => model.table.frequencies[model.table.alleles.indexOf(one!)]!);
        log10 -= Math.log10(p[0]! * p[1]! * (a === b ? 1 : 2));
        compared++;
      }
      return agree(half!, avuncular!) && agree(identical!, { kind: 'finite', log10Lr: log10 });
    }),
    { numRuns: 100 },
  );
  t.ok(compared > 100, `${compared} loci compared`);
  t.end();
}); // prettier-ignore

function weighGenerally({ world, parameters, child, role, profile }: Question) {
  const { silentAlleles = [], dropOut = 0 } = parameters;
  const related = RIVAL_RELATIONSHIPS.map((relationship) =>
    relationshipHypothesis(relationship, 'parent', 'child', SEX[role]),
  );
  return calculate(
    world.table,
    { ...parameters, silentAlleles },
    {
      people: [
        { id: 'parent', profile, kit: null, dropOut },
        { id: 'child', profile: child, kit: null, dropOut },
      ],
      hypotheses: [...related, unrelatedHypothesis('parent', 'child')],
      asked: 'child',
    },
  );
}

function agree(a: LikelihoodRatio, b: LikelihoodRatio): boolean {
  if (a.kind !== 'finite' || b.kind !== 'finite') return a.kind === b.kind;
  return Math.abs(a.log10Lr - b.log10Lr) * Math.LN10 < 1e-11;
}
