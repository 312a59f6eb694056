import t, { type Test } from 'tap';
import type { FoundCandidate } from '../../src/cli/search/candidate.ts';
import { type SearchOptions, searchFiles } from '../../src/cli/search/search-files.ts';
import type { ThreadPool } from '../../src/platform/thread-pool.ts';
import { runScoringTask, type ScoringTask } from '../../src/search/index.ts';
import { writeFiles } from './homeward.ts';

const FREQUENCIES = 'fixtures/example/frequencies.csv';

/** Closed forms at the example's frequencies, without mutation: D3S1358 14,16 and TH01 9.3,9.3. */
const [P14, P16, P93] = [0.1, 0.25, 0.2];
const SAME_SIBLING =
  (0.25 / (2 * P14 * P16) + (0.5 * (P14 + P16)) / (4 * P14 * P16) + 0.25) *
  (0.25 / P93 ** 2 + 0.5 / P93 + 0.25);
const SAME_GRANDPARENT = (0.5 + (0.5 * (P14 + P16)) / (4 * P14 * P16)) * (0.5 + 0.5 / P93);
/** The couple of 14,15 9.3,9.3 and 16,17 6,9.3, and each of them alone. */
const COUPLE = (0.25 / (2 * P14 * P16)) * (0.5 / P93 ** 2);
const FATHER = (1 / (4 * P14)) * (1 / P93);
const MOTHER = (1 / (4 * P16)) * (1 / (2 * P93));

const CHILD = 'id,D3S1358,TH01\nU1,"14,16",9.3\n';
const HEADER = 'id,sex,family,relation,D3S1358,TH01\n';

/** Searches in files with the given rows; `candidate relationship LR` of each candidate. */
async function search(
  t: Test,
  families: string,
  unknowns = CHILD,
  options: Partial<SearchOptions> = {},
): Promise<{ brief: string[]; found: FoundCandidate[] }> {
  const files = writeFiles(t, { 'families.csv': families, 'unknowns.csv': unknowns });
  const { found } = await searchFiles(
    {
      families: files['families.csv'],
      unknowns: files['unknowns.csv'],
      frequencies: FREQUENCIES,
      threshold: 0.5,
      ...options,
    },
    () => THREADLESS,
  );
  const brief = found.flat().map(({ relatives, relationship, log10Lr }) => `${relatives.join('+')} ${relationship} ${show(10 ** log10Lr)}`); // prettier-ignore
  return { brief, found: found.flat() };
}

/** Tasks are carried out where they are asked for: starting threads would take most of the time. */
const THREADLESS: ThreadPool = {
  size: 1,
  run: async <Result>(task: unknown) => runScoringTask(task as ScoringTask) as Result,
  close: () => Promise.resolve(),
};

const show = (lr: number): string => lr.toPrecision(9);

t.test('a stepfather fails with the mother, and she is put forward alone', async (t) => {
  const rows = 'S,M,F1,father,"15,18","6,7"\nM,F,F1,mother,"16,17","6,9.3"\n';
  const { brief } = await search(t, HEADER + rows);
  t.strictSame(brief, [`M mother ${show(MOTHER)}`]);
});

t.test('relatives besides parents are compared by their pedigree', async (t) => {
  const rows =
    'S1,,F1,sibling,"14,16",9.3\n' +
    'G1,,F2,maternal-grandmother,"14,16",9.3\n' +
    'H1,,F3,paternal-half-sibling,"14,16",9.3\n' +
    'A1,,F4,maternal-aunt,"14,16",9.3\n';
  const { brief, found } = await search(t, HEADER + rows);
  t.strictSame(brief, [
    `S1 relatives ${show(SAME_SIBLING)}`,
    ...['G1', 'H1', 'A1'].map((name) => `${name} relatives ${show(SAME_GRANDPARENT)}`),
  ]);
  // The mean LR of unrelated people is 1, so that no more than 1/LR of them reach it.
  found.forEach(({ log10Lr, expectedChanceCandidates }) => {
    t.ok(Math.abs(expectedChanceCandidates - Math.min(1, 4 / 10 ** log10Lr)) < 1e-9);
  });
});

t.test('candidates name father, mother, and the others as the file has them', async (t) => {
  const rows =
    'Z,,F1,sibling,"14,16",9.3\nM,F,F1,mother,"16,17","6,9.3"\n' +
    'B,,F1,sibling,"14,17","6,9.3"\nF,M,F1,father,"14,15",9.3\n';
  const { brief } = await search(t, HEADER + rows, CHILD);
  // Beside both parents the siblings say nothing more where nothing mutates.
  t.strictSame(brief, [`F+M+Z+B relatives ${show(COUPLE)}`]);
  const two = await search(t, `${HEADER}B,,F1,sibling,"14,16",9.3\nA,,F1,sibling,"14,16",9.3\n`);
  t.match(two.brief, [/^B\+A relatives /]);
  t.ok(10 ** two.found[0]!.log10Lr > SAME_SIBLING);
});

t.test('rows of one family need not stand together', async (t) => {
  const rows =
    'F,M,F1,father,"14,15",9.3\nX,M,F2,father,"18,18","6,7"\nM,F,F1,mother,"16,17","6,9.3"\n';
  t.strictSame((await search(t, HEADER + rows)).brief, [`F+M both-parents ${show(COUPLE)}`]);
});

t.test('the same profile is the same person', async (t) => {
  const loci = [
    'CSF1PO',
    'D2S441',
    'D3S1358',
    'D5S818',
    'D7S820',
    'D8S1179',
    'TH01',
    'TPOX',
    'vWA',
  ];
  const frequencies = `locus,allele,frequency,N\n${loci.map((locus) => `${locus},9,0.1,100\n${locus},10,0.9,100\n`).join('')}`;
  const sheet = (id: string): string => `id,${loci.join()}\n${id}${',9'.repeat(loci.length)}\n`;
  const { frequencies: table } = writeFiles(t, { frequencies });
  for (const roles of [undefined, 'any'] as const) {
    const { brief } = await search(t, sheet('P1'), sheet('U1'), {
      frequencies: table,
      ...(roles && { roles }),
    });
    t.strictSame(brief, [`P1 same-person ${show(10 ** (2 * loci.length))}`]);
    const own = await search(t, sheet('U1'), sheet('U1'), {
      frequencies: table,
      ...(roles && { roles }),
    });
    t.strictSame(own.brief, [], 'nobody is a candidate for themselves');
  }
});

t.test('in a mixed database a candidate may be parent or child', async (t) => {
  // By the demo's kind of rates: a father's allele changes more often than a mother's.
  const { policy } = writeFiles(t, {
    policy: '{"params":{"mutation":{"model":"equal","male":{"rate":0.1},"female":{"rate":0.001}}}}',
  });
  const people = 'id,sex,D3S1358,TH01\nA,M,"14,15",9.3\nB,F,"14,15",9.3\nC,,"14,15",9.3\n';
  const query = (sex: string): string => `id,sex,D3S1358,TH01\nQ,${sex},"14,16",9.3\n`;
  const roleOf = async (sex: string): Promise<Record<string, string>> => {
    const { found } = await search(t, people, query(sex), { policy, roles: 'any', threshold: 1 });
    return Object.fromEntries(found.map(({ relatives, relationship }) => [relatives.join(), relationship])); // prettier-ignore
  };
  const [ofMan, ofWoman] = [await roleOf('M'), await roleOf('F')];
  t.strictSame(Object.keys(ofMan).sort(), ['A', 'B', 'C'], 'each once');
  t.match(ofMan, { B: 'parent' }, 'she as his mother: fewer mutations than he as her father');
  t.match(ofWoman, { A: 'child' }, 'he as her child');
});

t.test('what is compared with a mixed database is counted', async (t) => {
  const people = 'id,D3S1358,TH01\nP1,"14,15",9.3\nQ1,"14,16",9.3\nP3,"18,18","6,7"\n';
  const { brief, found } = await search(t, people, CHILD.replace('U1', 'Q1'), { roles: 'any' });
  t.strictSame(brief, [`P1 parent ${show(FATHER)}`]);
  const prior = 0.5 / 2;
  t.ok(Math.abs(found[0]!.posterior - (prior * FATHER) / (0.5 + prior * (FATHER + 1))) < 1e-12);
  t.ok(found[0]!.expectedChanceCandidates <= 2 / FATHER + 1e-12);
});

t.test('with drop-out a single allele may hide another', async (t) => {
  const [families, unknowns] = ['id,TH01\nP1,6\n', 'id,TH01\nU1,9.3\n'];
  const asked = { threshold: 1e-9 };
  t.strictSame((await search(t, families, unknowns, asked)).brief, []);
  const { brief } = await search(t, families, unknowns, { ...asked, dropOut: 0.1 });
  t.match(brief, [/^P1 parent 0\.\d+$/]);
});

t.test('frequencies can be those of the families file', async (t) => {
  const { restore } = t.capture(console, 'error', () => undefined);
  const families = 'id,TH01\nP1,"6,9.3"\nP2,"6,7"\nP3,"7,8"\nP4,"6,6"\n';
  const { brief } = await search(t, families, 'id,TH01\nU1,"6,9.3"\n', { frequencies: 'estimate' });
  restore();
  // Of 8 alleles four are 6, and 9.3 is there once; five of them are the least frequency of all.
  t.match(brief[0], /^P1 parent /);
  t.ok(brief.length > 1);
});

t.test('the best few are those that stand first among all', async (t) => {
  const alleles = ['14', '15', '16', '17', '18'];
  const pairs = alleles.flatMap((a) => alleles.map((b) => `"${a},${b}"`));
  const people = pairs.flatMap((pair, place) => [
    `P${place},${pair},9.3`,
    `R${place},${pair},"6,9.3"`,
  ]);
  const families = `id,D3S1358,TH01\n${people.join('\n')}\n`;
  for (const options of [{}, { roles: 'any' as const }]) {
    const all = await search(t, families, CHILD, { ...options, threshold: 0.01, dropOut: 0.05 });
    for (const top of [1, 3, 20]) {
      const best = await search(t, families, CHILD, { ...options, threshold: 0.01, dropOut: 0.05, top }); // prettier-ignore
      t.strictSame(best.brief, all.brief.slice(0, top), `${top} of ${all.brief.length}`);
    }
  }
});
