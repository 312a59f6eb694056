import fc from 'fast-check';
import t from 'tap';
import {
  type AllegedParents,
  calculate,
  type Calculation,
  type ClosedFormParameters,
  compareParentage,
  familyHypotheses,
  type LikelihoodRatio,
  LocusModels,
  parentageLikelihoods,
  type ParentRole,
  passOnPopulation,
  passOnTyped,
  passOnUntyped,
  type Profile,
} from '../../src/kinship/index.ts';
import { casesOf, families, type Family, hidden } from '../kinship/random-families.ts';

/** Families whose genotypes may hide alleles: silent ones, or such as dropped out. */
const hiding = families.chain((family) =>
  hidden(family.world).map((hiding): Family & { parameters: ClosedFormParameters } => ({
    ...family,
    parameters: { ...family.world.parameters, ...hiding },
  })),
);

/** «These are the child's parents», everybody's sample as good. */
function asCalculation(child: Profile, parents: AllegedParents, dropOut: number): Calculation {
  const person = (id: string, profile: Profile) => ({ id, profile, kit: null, dropOut });
  const relatives = parents.map(({ role }) => ({ id: role, relation: role }));
  const { h1, h2 } = familyHypotheses('child', relatives);
  return {
    people: [person('child', child), ...parents.map(({ role, profile }) => person(role, profile))],
    hypotheses: [h1, h2],
    asked: 'child',
  };
}

t.test('with silent alleles and drop-out the closed form is the sum over all alleles', (t) => {
  const compared = { father: 0, mother: 0, parent: 0, both: 0, oneOfTwo: 0, mutates: 0, population: 0, silent: 0, dropOut: 0, silentAndDropOut: 0, excluded: 0, misfits: 0 }; // prettier-ignore
  fc.assert(
    fc.property(hiding, ({ world, parameters, child, parents }) => {
      const { silentAlleles = [], dropOut = 0 } = parameters;
      const models = new LocusModels(world.table, parameters);
      const closed = compareParentage(models, child, parents);
      const general = calculate(
        world.table,
        { ...parameters, silentAlleles },
        asCalculation(child, parents, dropOut),
      );
      const fits = closed.compared.every(({ locus, lr, mendelian, parentsTyped }) => {
        const same = general.loci.find((one) => one.locus === locus);
        const { silentFrequency } = models.for(locus, [])!;
        const typed = parents.filter((_, place) => parentsTyped[place]);
        compared[typed.length === 2 ? 'both' : typed[0]!.role]++;
        compared[parameters.untypedParent]++;
        if (typed.length < parents.length) compared.oneOfTwo++;
        if (silentFrequency > 0) compared.silent++;
        if (dropOut > 0) compared.dropOut++;
        if (silentFrequency > 0 && dropOut > 0) compared.silentAndDropOut++;
        if (lr.kind === 'excluded') compared.excluded++;
        if (!mendelian) compared.misfits++;
        return same && agree(same.lrs[0]!, lr) && same.consistent[0] === mendelian;
      });
      return fits && agree(general.lrs[0]!, closed.lr);
    }),
    { numRuns: 1000 },
  );
  for (const [kind, count] of Object.entries(compared)) t.ok(count > 100, `${count}: ${kind}`);
  t.end();
});

t.test('no probability is below 0, and those of all that a child may show sum to 1', (t) => {
  let summed = 0;
  fc.assert(
    fc.property(hiding, ({ parameters, ...family }) =>
      casesOf(family, parameters).every(({ model, parents }) => {
        const { alleles } = model.table;
        const { dropOut, silentFrequency } = model;
        const genotypes = alleles.flatMap((a, at) => alleles.slice(at).map((b) => [a, b] as const));
        let [h2, isAboveZero] = [0, true];
        for (const child of genotypes) {
          const passed = [
            passOnPopulation(model, child),
            ...parents.map((parent) => passOnTyped(model, child, parent)),
            ...(['father', 'mother', 'parent'] as ParentRole[]).map((role) =>
              passOnUntyped(model, child, role, 'nowhere'),
            ),
          ].flat();
          isAboveZero &&= passed.every((probability) => probability >= 0);
          h2 += parentageLikelihoods(model, child, parents).denominator;
        }
        summed++;
        // A homozygote shows nothing with d², a carrier of one silent allele with d, of two always.
        const seenWithSilent = 2 * silentFrequency * (1 - silentFrequency) * (1 - dropOut);
        const expected = seenWithSilent + (1 - silentFrequency) ** 2 * (1 - dropOut ** 2);
        return isAboveZero && Math.abs(h2 - expected) < 1e-12;
      }),
    ),
    { numRuns: 300 },
  );
  t.ok(summed > 200, `${summed} loci summed`);
  t.end();
});

t.test('with theta as well the closed form says that it does not reach', (t) => {
  fc.assert(
    fc.property(hiding, ({ world, parameters, child, parents }) => {
      const models = new LocusModels(world.table, { ...parameters, theta: 0.01 });
      if (!models.hidesAlleles) return compareParentage(models, child, parents).lr.kind.length > 0;
      try {
        compareParentage(models, child, parents);
        return false;
      } catch (error) {
        return (error as { code: string }).code === 'PARAMETER_INVALID';
      }
    }),
    { numRuns: 50 },
  );
  t.end();
});

function agree(a: LikelihoodRatio, b: LikelihoodRatio): boolean {
  if (a.kind !== 'finite' || b.kind !== 'finite') return a.kind === b.kind;
  return Math.abs(a.log10Lr - b.log10Lr) * Math.LN10 < 1e-12;
}
