import fc from 'fast-check';
import t from 'tap';
import {
  calculate,
  type ClosedFormParameters,
  compareFamily,
  FAMILY_RELATIONS,
  familyHypotheses,
  type FamilyMember,
  FamilyRatios,
  type FamilyRelation,
  KinshipError,
  type LikelihoodRatio,
  LocusModels,
  type Profile,
  readGenotype,
} from '../../src/kinship/index.ts';
import { hidden } from '../kinship/random-families.ts';
import { people, type World, worlds } from './population.ts';

type Question = {
  readonly world: World;
  readonly parameters: ClosedFormParameters;
  readonly child: Profile;
  readonly members: readonly FamilyMember[];
};

const SINGLE = FAMILY_RELATIONS.map((relation): FamilyRelation[] => [relation]);
const SEVERAL: FamilyRelation[][] = [
  ['father', 'mother'],
  ['mother', 'sibling'],
  ['sibling', 'sibling'],
  ['parent', 'sibling'],
  ['paternal-grandfather', 'paternal-grandmother'],
  ['paternal-grandmother', 'maternal-half-sibling'],
  ['paternal-uncle', 'mother'],
  ['sibling', 'maternal-aunt'],
];

function questions(relations: readonly FamilyRelation[][], theta = 0): fc.Arbitrary<Question> {
  return worlds.chain((world) =>
    fc.constantFrom(...relations).chain((family) =>
      fc.record({
        world: fc.constant(world),
        parameters: hidden(world).map((hiding) => ({ ...world.parameters, ...hiding, theta })),
        child: people(world),
        members: fc
          .tuple(...family.map(() => people(world)))
          .map((profiles) =>
            profiles.map((profile, place) => ({ profile, relation: family[place]! })),
          ),
      }),
    ),
  );
}

/** Compares each locus with the calculation for any pedigree; counts by relation or family size. */
function compare(asked: fc.Arbitrary<Question>, numRuns: number): Map<string, number> {
  const counted = new Map<string, number>();
  const count = (what: string): unknown => counted.set(what, (counted.get(what) ?? 0) + 1);
  fc.assert(
    fc.property(asked, ({ world, parameters, child, members }) => {
      const models = new LocusModels(world.table, parameters);
      const found = compareFamily(models, child, members);
      const ratios = new FamilyRatios(models, members);
      const general = calculateFamily(world, parameters, child, members);
      return found.compared.every(({ locus, lr, mendelian, membersTyped }) => {
        const same = general.loci.find((one) => one.locus === locus);
        const number = ratios.at(locus, readGenotype(child.get(locus)!) as never);
        count(members.length === 1 ? members[0]!.relation : 'several');
        count(parameters.untypedParent);
        count(lr.kind);
        if (!mendelian) count('misfits');
        if ((parameters.dropOut ?? 0) > 0) count('drop-out');
        if ((models.for(locus, [])?.silentFrequency ?? 0) > 0) count('silent');
        if (membersTyped < members.length) count('a member untyped');
        return (
          same &&
          agree(same.lrs[0]!, lr) &&
          same.consistent[0] === mendelian &&
          (lr.kind === 'finite' ? Math.log10(number!) === lr.log10Lr : number === 0)
        );
      });
    }),
    { numRuns },
  );
  return counted;
}

function calculateFamily(
  world: World,
  parameters: ClosedFormParameters,
  child: Profile,
  members: readonly FamilyMember[],
) {
  const { silentAlleles = [], dropOut = 0 } = parameters;
  const relatives = members.map(({ relation, profile }, place) => ({
    id: `${place}`,
    relation,
    profile,
  }));
  const { h1, h2 } = familyHypotheses('child', relatives);
  return calculate(
    world.table,
    { ...parameters, silentAlleles },
    {
      people: [{ id: 'child', profile: child }, ...relatives].map(({ id, profile }) => ({
        id,
        profile,
        kit: null,
        dropOut,
      })),
      hypotheses: [h1, h2],
      asked: 'child',
    },
  );
}

function report(t: { ok: (is: boolean, what: string) => unknown }, counted: Map<string, number>, names: readonly string[]): void {
  for (const name of names) {
    const count = counted.get(name) ?? 0;
    t.ok(count > 0, `${count}: ${name}`);
  }
} // prettier-ignore

t.test('a single relative is compared as by the calculation for any pedigree', (t) => {
  const counted = compare(questions(SINGLE), 700);
  report(t, counted, [...FAMILY_RELATIONS, 'mutates', 'population', 'silent', 'drop-out', 'finite', 'excluded', 'misfits']); // prettier-ignore
  t.end();
});

t.test('so are several, by one sum a locus', (t) => {
  const counted = compare(questions(SEVERAL), 450);
  report(t, counted, ['several', 'mutates', 'population', 'silent', 'drop-out', 'finite', 'excluded', 'undefined', 'misfits', 'a member untyped']); // prettier-ignore
  t.end();
});

t.test('and so are both with theta', (t) => {
  const counted = compare(questions([...SINGLE, ['mother', 'sibling'], ['father', 'mother']], 0.03), 300); // prettier-ignore
  report(t, counted, ['sibling', 'father', 'paternal-uncle', 'several', 'silent', 'drop-out']);
  t.end();
});

t.test('over all loci the LR is that of the calculation where the child is typed at all', (t) => {
  let compared = 0;
  fc.assert(
    fc.property(questions([...SINGLE, ...SEVERAL]), ({ world, parameters, child, members }) => {
      const typedInChild = members.map(({ relation, profile }) => ({
        relation,
        profile: new Map([...profile].filter(([locus]) => isUsable(child, locus))),
      }));
      const { lr } = compareFamily(new LocusModels(world.table, parameters), child, typedInChild);
      compared++;
      return agree(lr, calculateFamily(world, parameters, child, typedInChild).lrs[0]!);
    }),
    { numRuns: 200 },
  );
  t.ok(compared === 200, `${compared} families compared`);
  t.end();
});

t.test('a family that cannot be is refused', (t) => {
  fc.assert(
    fc.property(questions([['father', 'father'], ['parent', 'mother']]), ({ world, parameters, members }) => {
      const models = new LocusModels(world.table, parameters);
      try {
        new FamilyRatios(models, members);
        return false;
      } catch (error) {
        return error instanceof KinshipError && error.code === 'PEDIGREE_INVALID';
      }
    }),
    { numRuns: 10 },
  ); // prettier-ignore
  t.end();
});

function isUsable(profile: Profile, locus: Parameters<Profile['get']>[0]): boolean {
  const genotype = profile.get(locus);
  return genotype !== undefined && typeof readGenotype(genotype) === 'object';
}

function agree(a: LikelihoodRatio, b: LikelihoodRatio): boolean {
  if (a.kind !== 'finite' || b.kind !== 'finite') return a.kind === b.kind;
  return Math.abs(a.log10Lr - b.log10Lr) * Math.LN10 < 1e-11;
}
