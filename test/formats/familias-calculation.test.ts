import fc from 'fast-check';
import t from 'tap';
import { fromFamiliasProject, toFamiliasProject } from '../../src/formats/familias-calculation.ts';
import { readFamiliasProject } from '../../src/formats/familias-fam.ts';
import { writeFamiliasProject } from '../../src/formats/familias-fam-writer.ts';
import type { FamiliasProject } from '../../src/formats/familias-project.ts';
import { calculate, founder, type Locus } from '../../src/kinship/index.ts';
import { readText } from '../package.ts';
import { areClose, type Asked, attempt, calculations, ratiosByLocus } from './calculations.ts';

const REFUSALS =
  /^Familias cannot hold this|which this format cannot hold|^This cannot be written for Familias/;

/** The calculation that comes back from a written project. */
function readAgain({ calculation, parameters, table }: Asked): Asked {
  const project = toFamiliasProject('Round figures', calculation, parameters, table);
  return fromFamiliasProject(readFamiliasProject(writeFamiliasProject(project)).project);
}

function compute({ calculation, parameters, table }: Asked) {
  return calculate(table, parameters, calculation);
}

t.test('a calculation written for Familias and read again has the same ratios', (t) => {
  let loci = 0;
  const features = new Map<string, number>();
  const count = (feature: string): void => {
    features.set(feature, (features.get(feature) ?? 0) + 1);
  };
  fc.assert(
    fc.property(calculations, (random) => {
      // As Familias reads an untyped parent.
      const parameters = { ...random.parameters, untypedParent: 'population' as const };
      const asked = { ...random, parameters };
      const calculated = attempt(() => compute(asked));
      const read = attempt(() => readAgain(asked));
      if ('refused' in calculated) return true;
      if ('refused' in read) {
        count(read.refused.replace(/.*: /s, '').slice(0, 60));
        return REFUSALS.test(read.refused);
      }
      const { calculation } = read.result;
      const result = attempt(() => compute(read.result));
      if ('refused' in result) throw new Error(result.refused);
      count(parameters.mutation.model);
      if (parameters.theta > 0) count('theta');
      if (parameters.silentAlleles.length > 0) count('silent');
      if ('perLocus' in parameters.mutation) count('perLocus');
      if (calculation.people.some(({ dropOut }) => dropOut > 0)) count('drop-out');
      if (calculation.hypotheses.length > 2) count('several hypotheses');
      return (
        calculation.asked === asked.calculation.asked &&
        calculation.hypotheses.every((hypothesis, place) => {
          const expected = ratiosByLocus(calculated.result.loci, place);
          loci += expected.length;
          const { text } = asked.calculation.hypotheses[place]!;
          const actual = ratiosByLocus(result.result.loci, place);
          return hypothesis.text === text && areClose(expected, actual, 1e-12);
        })
      );
    }),
    { numRuns: 300 },
  );
  t.ok(loci > 200, `${loci} loci compared`);
  for (const [feature, times] of features) t.comment(`${times} × ${feature}`);
  for (const feature of [
    'none',
    'equal',
    'proportional',
    'stepwise',
    'stepwise-extended',
    'theta',
    'silent',
    'perLocus',
    'drop-out',
    'several hypotheses',
  ]) {
    // prettier-ignore
    t.ok(features.has(feature), feature);
  }
  t.end();
});

function readFixture(name: string): FamiliasProject {
  return readFamiliasProject(readText(`fixtures/familias/${name}`)).project;
}

t.test('a project made by hand comes out as worked by hand', (t) => {
  const { calculation, parameters, table } = fromFamiliasProject(readFixture('paternity.fam'));
  t.strictSame(
    calculation.hypotheses.map(({ text }) => text),
    ['He is the father', 'He is unrelated'],
  );
  t.equal(calculation.asked, 'Child');
  t.match(parameters, {
    untypedParent: 'population',
    theta: 0,
    silentAlleles: [],
    mutation: {
      model: 'stepwise-extended',
      male: { rate: 0.002, rate2: 1e-6, range: 0.1 },
      female: { rate: 0.001, rate2: 1e-6, range: 0.1 },
      perLocus: { TH01: { male: { rate: 0 }, female: { rate: 0 } } },
    },
  });
  t.strictSame([...table.keys()], ['D3S1358', 'TH01']);
  const result = calculate(table, parameters, calculation);
  const ratios = new Map(ratiosByLocus(result.loci));
  // D3S1358: man 14,15, child 14,16; p(14) 0.1, p(15) 0.3, p(16) 0.25. The man passes an allele on
  // as another with rate·0.1^steps/Σ: of 14 the weights to 13 15 16 17 are 1, 1, 0.1, 0.01; of 15
  // those to 13 14 16 17 are 0.1, 1, 1, 0.1.
  const to14 = (0.998 + (0.002 * 1) / 2.2) / 2;
  const to16 = ((0.002 * 0.1) / 2.11 + (0.002 * 1) / 2.2) / 2;
  const father = to14 * 0.25 + to16 * 0.1;
  t.ok(Math.abs(ratios.get('D3S1358')! - father / (2 * 0.1 * 0.25)) < 1e-12);
  // TH01: man 9.3,9.3, child 6,9.3; p(9.3) = 0.2.
  t.ok(Math.abs(ratios.get('TH01')! - 1 / (2 * 0.2)) < 1e-12);
  t.end();
});

const project = readFixture('paternity.fam');
const [d3s1358, th01] = project.loci;

t.test('what this program does not compute is refused with the reason', (t) => {
  const [man, mother, child] = project.people;
  const refusals: [changed: Partial<FamiliasProject>, message: RegExp][] = [
    [{ pedigrees: project.pedigrees.slice(1) }, /two pedigrees at least/],
    [{ people: [mother!] }, /nobody is typed/],
    [{ loci: [d3s1358!, { ...th01!, frequencies: new Map([...th01!.frequencies, ['8.7', 0.1]]) }] }, /TH01 sum to 1\.1/], // prettier-ignore
    [{ loci: [d3s1358!, { ...th01!, frequencies: new Map([...th01!.frequencies, ['A', 1e-5]]) }] }, /"A" is not an allele of TH01/], // prettier-ignore
    [
      {
        loci: [d3s1358!, { ...th01!, dropOut: 0.1 }],
        people: [man!, mother!, { ...child!, considersDropOut: true }],
      },
      /drop-out probability differs between the loci of person 3/,
    ],
    [
      { loci: [d3s1358!, { ...th01!, male: { ...d3s1358!.male, model: 'proportional' } }] },
      /models differ \(stepwise-extended at D3S1358, proportional at TH01\)/,
    ],
  ];
  for (const [changed, message] of refusals) {
    t.throws(() => fromFamiliasProject({ ...project, ...changed }), {
      code: 'CALCULATION_INVALID',
      message,
    });
  }
  t.end();
});

t.test('the rest allele keeps its frequency, and has no size', (t) => {
  const frequencies = new Map([...th01!.frequencies, ['Rest allele', 1e-5]]);
  const { table } = fromFamiliasProject({
    ...project,
    loci: [d3s1358!, { ...th01!, frequencies }],
  });
  const { alleles, frequencies: shares } = table.get('TH01' as Locus)!;
  t.equal(alleles.at(-1), 'rest');
  t.ok(Math.abs(shares.at(-1)! - 1e-5 / 1.00001) < 1e-15);
  t.ok(Math.abs(shares.reduce((sum, share) => sum + share, 0) - 1) < 1e-15);
  t.end();
});

t.test('what Familias cannot hold is refused with the reason', (t) => {
  const asked = fromFamiliasProject(project);
  const { calculation, parameters, table } = asked;
  const [man, child] = calculation.people;
  const rates = { male: { rate: 0.002 }, female: { rate: 0.001 } };
  const parent = {
    text: 'Man is a parent',
    pedigree: [founder('Man', 'unknown'), { ...founder('Child', 'unknown'), father: 'Man' }],
  };
  const refusals: [changed: Partial<Asked>, message: RegExp][] = [
    [{ parameters: { ...parameters, mutation: { model: 'onestep', ...rates } } }, /at D3S1358, which needs a model that Familias has/], // prettier-ignore
    [{ parameters: { ...parameters, mutation: { model: 'equal', ...rates } }, calculation: { ...calculation, hypotheses: [parent, parent] } }, /whether the parent Man is male or female/], // prettier-ignore
    [{ calculation: { ...calculation, people: [{ ...man!, dropOut: 0.1 }, { ...child!, dropOut: 0.2 }] } }, /different drop-out probabilities/], // prettier-ignore
    [{ calculation: { ...calculation, hypotheses: [{ text: 'one', pedigree: [founder('Man', 'male')], sameAs: { Child: 'Man' } }, parent] } }, /two samples of one person/], // prettier-ignore
    [{ table: new Map([...table].map(([locus, one]) => [locus, { ...one, allelesCounted: null }])) }, /without the number of alleles counted/], // prettier-ignore
  ];
  for (const [changed, message] of refusals) {
    const { calculation, parameters, table } = { ...asked, ...changed };
    t.throws(() => toFamiliasProject('x', calculation, parameters, table), {
      code: 'CALCULATION_INVALID',
      message,
    });
  }
  t.end();
});
