import fc from 'fast-check';
import t from 'tap';
import { readCase } from '../../src/formats/case-jsonl.ts';
import { comparePedigrees, type Profile } from '../../src/kinship/index.ts';
import type { Leaf } from '../../src/platform/json-leaves.ts';
import { makeReport } from '../../src/casework/reports/report-document.ts';
import { type Replay, replayReport } from '../../src/casework/reports/report-replay.ts';
import { type ReportDocument, reportDocument } from '../../src/casework/reports/report.schema.ts';
import { makeCase, readDemoPeople, type ReportCase } from './report-sources.ts';

const people = await readDemoPeople();
const profileOf = (id: string): Profile => people.get(id)!;
const WHEN = { language: 'en', generatedAt: '2026-02-03T04:05:06.789Z' } as const;

function write(reportCase: ReportCase): ReportDocument {
  const made = makeCase(reportCase);
  if (!made) throw new Error('the case does not reach the threshold');
  const text = JSON.stringify(makeReport(made.source, made.result, WHEN));
  return reportDocument.parse(JSON.parse(text));
}

const COUPLE: ReportCase = {
  child: ['U0070', profileOf('U0070')],
  family: [
    ['F0186f', 'father', profileOf('F0186f')],
    ['F0186m', 'mother', profileOf('F0186m')],
  ],
};

t.test('a report says what the candidate is', async (t) => {
  const decision = {
    ...{ verdict: 'more-loci', analyst: 'a', revision: 1, log10Lr: 28 },
    decidedAt: '2026-01-01T00:00:00.000Z',
  };
  const { title, notice, numbers, source } = write({ ...COUPLE, decisions: [decision] });
  t.equal(title, 'Candidate report');
  t.equal(notice, 'A lead, not an identification, until re-sampling confirms it.');
  t.strictSame(numbers.hypotheses, {
    h1: 'F0186f is the father and F0186m is the mother of U0070',
    h2: 'F0186f, F0186m, U0070: all unrelated',
  });
  const { log10Lr, decimal, reachesThreshold, loci, lociCompared } = numbers.likelihoodRatio;
  // As README.md has it, from the general engine.
  t.equal(log10Lr, 28.488937649006644);
  t.equal(decimal, '3.082745333e+28');
  t.equal(reachesThreshold, true);
  t.equal(loci.length, lociCompared);
  const sum = loci.reduce((total, locus) => total + locus.log10Lr!, 0);
  t.ok(Math.abs(sum - log10Lr!) < 1e-9, 'the product over the loci');
  t.strictSame(source.decisions, [decision]);
  // One of 500 families, half of the prior: P = LR/1000 ÷ (LR/1000 + 1/2 + 499/1000).
  const { posterior, priorOfFamily, expectedChanceCandidates } = numbers.evaluation;
  t.equal(priorOfFamily, 0.001);
  t.ok(1 - posterior < 1e-15);
  t.ok(Math.abs(expectedChanceCandidates - 7e-5) < 1e-15, '1e-9 times 70,000 pairs');
});

t.test('every population is weighed, the smallest LR first', async (t) => {
  const { populations } = write(COUPLE).numbers;
  t.match(populations, [
    { name: 'nist1036_asian', isOfPolicy: false, problem: null },
    { name: 'nist1036_all', isOfPolicy: true, problem: null, log10Lr: 28.488937649006644 },
    { name: 'china59', kind: 'undefined', log10Lr: null, problem: /how many alleles were counted/ },
  ]);
  t.ok(populations[0]!.log10Lr! < 28.48);
});

/** Nothing but what is stated here stands in them for somebody's LR. */
const CASES: Readonly<Record<string, ReportCase>> = {
  'both parents': COUPLE,
  'one parent with a mutation': {
    child: ['U0061', profileOf('U0061')],
    family: [['F0111m', 'mother', profileOf('F0111m')]],
  },
  'a family of relatives': {
    child: ['U0070', profileOf('U0070')],
    family: [
      ['F0186m', 'mother', profileOf('F0186m')],
      ['F0186f', 'paternal-uncle', profileOf('F0186f')],
    ],
    policy: { threshold: 10 },
  },
  'the same person': {
    child: ['U9', profileOf('F0186f')],
    family: [['F0186f', 'father', profileOf('F0186f')]],
  },
  'a stepfather': {
    child: ['U0070', profileOf('U0070')],
    family: [
      ['F0001f', 'father', profileOf('F0001f')],
      ['F0186m', 'mother', profileOf('F0186m')],
    ],
  },
  'two samples of one code': {
    child: ['F0186f', profileOf('U0070')],
    family: COUPLE.family,
  },
};

t.test('a report is computed again from itself to the last digit', async (t) => {
  for (const [what, reportCase] of Object.entries(CASES)) {
    const report = write(reportCase);
    const { numbers, ...replay } = replayReport(report);
    t.strictSame(replay, { differences: [], altered: [], failure: null }, what);
    t.ok(numbers > 60, `${what}: ${numbers} numbers compared`);
    const { question, loci } = readCase(report.numbers.case);
    const [lr] = comparePedigrees(question, loci).lrs;
    const { log10Lr } = report.numbers.likelihoodRatio;
    t.ok(lr?.kind === 'finite' && Math.abs(lr.log10Lr - log10Lr!) < 1e-9, `${what}: its case`);
  }
});

t.test('a locus that does not fit is read', async (t) => {
  const { likelihoodRatio } = write(CASES['one parent with a mutation']!).numbers;
  t.equal(likelihoodRatio.lociInconsistent, 1);
  const misfits = likelihoodRatio.loci.filter(({ reading }) => reading !== 'consistent');
  // The child shows 17,19 and the mother 18,18.
  t.match(misfits, [{ locus: 'vWA', reading: 'mutation', steps: 1 }]);
  t.match(write(CASES['a stepfather']!).numbers.whole, { kind: 'finite' });
});

t.test('whoever is typed with what cannot be used is named', async (t) => {
  const father = new Map([...profileOf('F0186f'), ['TH01', ['7', '9.3', '10']]] as never);
  const family = [['F0186f', 'father', father], COUPLE.family[1]!] as never;
  const { loci } = write({ ...COUPLE, family }).numbers.likelihoodRatio;
  const named = loci.filter(({ notCounted }) => notCounted.length > 0);
  t.match(named, [{ locus: 'TH01', notCounted: ['F0186f'] }]);
});

t.test('the hash is of the content alone', async (t) => {
  const made = makeCase(COUPLE)!;
  const draw = (language: 'en' | 'zh', generatedAt: string): string =>
    makeReport(made.source, made.result, { language, generatedAt }).hash;
  t.equal(draw('en', WHEN.generatedAt), draw('zh', '2027-01-01T00:00:00.000Z'));
  const decided = makeCase({ ...COUPLE, policy: { threshold: 100 } })!;
  const other = makeReport(decided.source, decided.result, WHEN).hash;
  t.not(other, draw('en', WHEN.generatedAt));
});

/** Everything that a report holds, by the way to it. */
function leavesOf(part: unknown, path: readonly string[] = []): (readonly string[])[] {
  if (part === null || typeof part !== 'object') return [path];
  return Object.entries(part).flatMap(([key, one]) => leavesOf(one, [...path, key]));
}

/** The same but for one value. */
function change(part: unknown, [key, ...rest]: readonly string[]): unknown {
  if (key === undefined) return alter(part as Leaf);
  if (Array.isArray(part)) {
    return part.map((one: unknown, place) => (String(place) === key ? change(one, rest) : one));
  }
  const parts = part as Readonly<Record<string, unknown>>;
  return { ...parts, [key]: change(parts[key], rest) };
}

function alter(value: Leaf): Leaf {
  if (value === null) return 0;
  if (typeof value === 'boolean') return !value;
  if (typeof value === 'number') return value === 0 ? 1 : value * (1 + Number.EPSILON);
  return `${value.slice(0, -1)}${value.endsWith('1') ? '2' : '1'}`;
}

function isFound({ differences, altered, failure }: Replay): boolean {
  return differences.length + altered.length > 0 || failure !== null;
}

t.test('one value changed anywhere is found', async (t) => {
  const small = new Map([...profileOf('U0070')].slice(0, 8));
  const report = write({ ...COUPLE, child: ['U0070', small], tables: 2 });
  const paths = leavesOf(report).filter(([first]) => first !== 'generatedAt');
  t.ok(paths.length > 500, `${paths.length} values`);
  let refused = 0;
  fc.assert(
    fc.property(fc.constantFrom(...paths), (path) => {
      const read = reportDocument.safeParse(change(report, path));
      if (!read.success) refused++;
      return !read.success || isFound(replayReport(read.data));
    }),
    { numRuns: 40 },
  );
  t.ok(refused < 20, `${refused} of 40 were refused before they were computed`);
});

t.test('what was changed is named', async (t) => {
  const report = write(COUPLE);
  const replayOf = (...path: string[]): Replay => replayReport(change(report, path) as ReportDocument); // prettier-ignore
  const genotype = replayOf('source', 'people', '1', 'genotypes', 'TH01', '0');
  t.strictSame(genotype.altered, ['source.people']);
  const places = genotype.differences.map(({ place }) => place);
  for (const part of [
    /^numbers\.likelihoodRatio\.loci\[\d+\]\.log10Lr$/,
    /^numbers\.case\.loci\[\d+\]\.genotypes\.F0186f\[\d\]$/,
  ]) {
    t.ok(places.some((place) => part.test(place)), String(part)); // prettier-ignore
  }
  const total = replayOf('numbers', 'likelihoodRatio', 'log10Lr');
  t.strictSame(total.altered, ['numbers.likelihoodRatio']);
  t.match(total.differences, [
    { place: 'numbers.likelihoodRatio.log10Lr', now: 28.488937649006644 },
  ]);
  t.strictSame(replayOf('source', 'candidate', 'state').altered, ['source.candidate']);
  t.match(replayOf('notice').differences, [{ place: 'notice' }]);
  t.strictSame(replayOf('hash').altered, ['hash']);
});

t.test('a report whose people are no candidate says so', async (t) => {
  const report = write(COUPLE);
  const { source } = report;
  const [child, father, mother] = source.people;
  const stranger = { ...father!, genotypes: write(CASES['a stepfather']!).source.people[1]!.genotypes }; // prettier-ignore
  const exchanged = { ...report, source: { ...source, people: [child!, stranger, mother!] } };
  t.match(replayReport(exchanged), {
    altered: ['source.people'],
    failure:
      /the report's pair is a candidate as mother, and the report puts it forward as both-parents/,
  });
  const swapped = { ...report, source: { ...source, people: [mother!, child!, father!] } };
  t.match(replayReport(swapped), { failure: /not one person of unknown origin, first, and a family/ }); // prettier-ignore
});
