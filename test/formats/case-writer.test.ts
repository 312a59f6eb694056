import fc from 'fast-check';
import t from 'tap';
import { readCase } from '../../src/formats/case-jsonl.ts';
import { writeCase } from '../../src/formats/case-writer.ts';
import { calculate, comparePedigrees, type Locus } from '../../src/kinship/index.ts';
import {
  areClose,
  type Asked,
  attempt,
  calculations,
  ratiosByLocus,
  toNumber,
} from './calculations.ts';

/** The ratios of a case that went through a line of text. */
function readAgain({ calculation, parameters, table }: Asked): [string, number][] {
  const line = JSON.stringify(writeCase('a case', calculation, parameters, table));
  const { question, loci } = readCase(JSON.parse(line));
  return comparePedigrees(question, loci).loci.map(({ name, lrs }) => [name, toNumber(lrs[0]!)]);
}

t.test('a calculation written as a case and read again has the same ratios', (t) => {
  let [loci, refused] = [0, 0];
  const features = new Set<string>();
  fc.assert(
    fc.property(calculations, (asked) => {
      const { calculation, parameters, table } = asked;
      const calculated = attempt(() => calculate(table, parameters, calculation));
      const read = attempt(() => readAgain(asked));
      if ('refused' in calculated) {
        refused++;
        return 'refused' in read;
      }
      if ('refused' in read) {
        refused++;
        return read.refused.includes('silent to the others');
      }
      const expected = ratiosByLocus(calculated.result.loci);
      loci += expected.length;
      features.add(parameters.mutation.model);
      if (parameters.theta > 0) features.add('theta');
      if (parameters.silentAlleles.length > 0) features.add('silent');
      if ('stabilisation' in parameters.mutation) features.add(String(parameters.mutation.stabilisation)); // prettier-ignore
      if (calculation.people.filter(({ dropOut }) => dropOut > 0).length > 1) features.add('drop-outs'); // prettier-ignore
      if (calculation.hypotheses[0]!.sameAs) features.add('identity');
      return areClose(expected, read.result, 1e-11);
    }),
    { numRuns: 300 },
  );
  t.ok(loci > 200, `${loci} loci compared, ${refused} calculations refused`);
  for (const feature of [
    'none',
    'equal',
    'proportional',
    'stepwise',
    'stepwise-extended',
    'onestep',
    'custom',
    'PM',
    'theta',
    'silent',
    'drop-outs',
    'identity',
  ]) {
    // prettier-ignore
    t.ok(features.has(feature), feature);
  }
  t.end();
});

const PROFILE = new Map([['TH01' as Locus, ['6', '9.3']]]) as never;
const TABLE = new Map([
  [
    'TH01' as Locus,
    {
      locus: 'TH01' as Locus,
      alleles: ['6', '9.3'] as never,
      frequencies: Float64Array.of(0.75, 0.25),
      allelesCounted: 200,
    },
  ],
]);
const DUO: Asked = {
  calculation: {
    people: ['P', 'C'].map((id) => ({ id, profile: PROFILE, kit: null, dropOut: 0 })),
    hypotheses: [
      {
        text: 'P is a parent',
        pedigree: [
          { id: 'P', father: null, mother: null, sex: 'unknown' },
          { id: 'C', father: 'P', mother: null, sex: 'female' },
        ],
      },
      {
        text: 'unrelated',
        pedigree: ['P', 'C'].map((id) => ({ id, father: null, mother: null, sex: 'unknown' })),
      },
    ],
    asked: 'C',
  },
  parameters: {
    mutation: { model: 'none' },
    untypedParent: 'mutates',
    minimumFrequency: { rule: 'five-over-2n', appliesTo: 'all' },
    theta: 0,
    silentAlleles: [],
  },
  table: TABLE,
};

t.test('a case as it is written', (t) => {
  const { calculation, parameters, table } = DUO;
  t.strictSame(writeCase('duo', calculation, parameters, table), {
    id: 'duo',
    H1: {
      text: 'P is a parent',
      pedigree: [
        { id: 'P', father: null, mother: null, sex: 'U' },
        { id: 'C', father: 'P', mother: null, sex: 'F' },
      ],
    },
    H2: {
      text: 'unrelated',
      pedigree: ['P', 'C'].map((id) => ({ id, father: null, mother: null, sex: 'U' })),
    },
    typed: ['P', 'C'],
    params: { mutation: { model: 'none' }, theta: 0, silent: false, untypedParent: 'mutates' },
    loci: [
      {
        name: 'TH01',
        genotypes: { P: ['6', '9.3'], C: ['6', '9.3'] },
        freqs: { 6: 0.75, 9.3: 0.25 },
      },
    ],
  });
  // AB against AB: (p + q) / 4pq.
  t.strictSame(readAgain(DUO), [['TH01', 1 / (4 * 0.75 * 0.25)]]);
  t.end();
});

t.test('a parent whose sex nobody states keeps the mean of the rates', (t) => {
  const rates = { male: { rate: 0.004 }, female: { rate: 0.001 } };
  const parameters = { ...DUO.parameters, mutation: { model: 'equal' as const, ...rates } };
  const { calculation, table } = DUO;
  const mean = { male: { rate: 0.0025 }, female: { rate: 0.0025 } };
  const [[, lr] = ['', NaN]] = readAgain({ ...DUO, parameters });
  const [expected] = ratiosByLocus(
    calculate(table, { ...parameters, mutation: { model: 'equal', ...mean } }, calculation).loci,
  );
  t.ok(Math.abs(lr - expected![1]) < 1e-12 * lr);
  t.end();
});

t.test('silent alleles that only some kits show are refused, with the reason', (t) => {
  const [parent, child] = DUO.calculation.people;
  const calculation = { ...DUO.calculation, people: [{ ...parent!, kit: 'K' }, child!] };
  const silentAlleles = [{ locus: 'TH01' as Locus, kit: 'K', frequency: 0.01 }];
  t.throws(() => writeCase('x', calculation, { ...DUO.parameters, silentAlleles }, TABLE), {
    code: 'CALCULATION_INVALID',
    message: /^TH01: the kits of some people show alleles that are silent to the others/,
  });
  t.end();
});
