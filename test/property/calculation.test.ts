import fc from 'fast-check';
import t from 'tap';
import {
  type AllegedParents,
  calculate,
  type Calculation,
  type ComparedPerson,
  compareParentage,
  familyHypotheses,
  type LikelihoodRatio,
  type Locus,
  LocusModels,
  type Profile,
} from '../../src/kinship/index.ts';
import { families } from '../kinship/random-families.ts';

function person(id: string, profile: Profile): ComparedPerson {
  return { id, profile, kit: null, dropOut: 0 };
}

/** «These are the child's parents» as a question about a family. */
function asCalculation(child: Profile, parents: AllegedParents): Calculation {
  const relatives = parents.map(({ role }) => ({ id: role, relation: role }));
  const { h1, h2 } = familyHypotheses('child', relatives);
  return {
    people: [person('child', child), ...parents.map(({ role, profile }) => person(role, profile))],
    hypotheses: [h1, h2],
    asked: 'child',
  };
}

function agree(a: LikelihoodRatio, b: LikelihoodRatio): boolean {
  if (a.kind !== 'finite' || b.kind !== 'finite') return a.kind === b.kind;
  return Math.abs(a.log10Lr - b.log10Lr) < 1e-11;
}

t.test('a question about parents is answered as by the closed form, locus by locus', (t) => {
  let compared = 0;
  fc.assert(
    fc.property(families, fc.constantFrom(0, 0, 0.02), ({ world, child, parents }, theta) => {
      const parameters = { ...world.parameters, theta };
      const closed = compareParentage(new LocusModels(world.table, parameters), child, parents);
      const general = calculate(
        world.table,
        { ...parameters, silentAlleles: [] },
        asCalculation(child, parents),
      );
      const fits = closed.compared.every(({ locus, lr, mendelian }) => {
        const same = general.loci.find((one) => one.locus === locus);
        compared++;
        return same && agree(same.lrs[0]!, lr) && same.consistent[0] === mendelian;
      });
      return fits && agree(general.lrs[0]!, closed.lr);
    }),
    { numRuns: 200 },
  );
  t.ok(compared > 250, `${compared} loci compared`);
  t.end();
});

t.test('a locus that nobody shares counts nothing, and is named', (t) => {
  fc.assert(
    fc.property(families, ({ world, child, parents }) => {
      const parameters = { ...world.parameters, silentAlleles: [] };
      const before = calculate(world.table, parameters, asCalculation(child, parents));
      const more = new Map([...child, ['SE33' as Locus, ['17', '20'] as never]]);
      const after = calculate(world.table, parameters, asCalculation(more, parents));
      const { reason } = after.omitted.find(({ locus }) => locus === 'SE33')!;
      return agree(before.lrs[0]!, after.lrs[0]!) && reason === 'typed-in-one-person';
    }),
    { numRuns: 50 },
  );
  t.end();
});

t.test('the order of people and of loci does not matter', (t) => {
  fc.assert(
    fc.property(families, ({ world, child, parents }) => {
      const parameters = { ...world.parameters, silentAlleles: [] };
      const straight = asCalculation(child, parents);
      const turned = {
        ...straight,
        people: straight.people
          .map((one) => ({ ...one, profile: new Map([...one.profile].reverse()) }))
          .reverse(),
      };
      const [one, other] = [straight, turned].map((calculation) =>
        calculate(world.table, parameters, calculation),
      );
      return agree(one!.lrs[0]!, other!.lrs[0]!);
    }),
    { numRuns: 100 },
  );
  t.end();
});
