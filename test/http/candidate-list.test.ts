import { eq } from 'drizzle-orm';
import fc from 'fast-check';
import t, { type Test } from 'tap';
import { caseFeatures } from '../../src/platform/case-tables.ts';
import { candidateMatches, families, samples } from '../../src/platform/tables.ts';
import {
  CHILD,
  FATHER,
  MOTHER,
  relativesCsv,
  startTestService,
  type TestService,
  unknownsCsv,
} from './service.ts';

const CHILDREN = 12;
const STATES = ['proposed', 'second-opinion', 'disputed', 'supported'];
const RELATIONSHIPS = ['both-parents', 'father', 'mother'];
const AGREEMENTS = ['agrees', 'contradicts', 'unknown'];
const PROVINCES = ['33', '44', '51'];
const YEARS = [1989, 1994, 1996, 1998, 2001];

/** A couple, its mother alone, and people who fit them better and worse. */
async function startWithCandidates(t: Test): Promise<TestService> {
  const service = await startTestService(t);
  const { call } = service;
  const relatives = relativesCsv([
    ['P1f', 'F1', 'father', FATHER],
    ['P1m', 'F1', 'mother', MOTHER],
    ['P2m', 'F2', 'mother', MOTHER],
    ['P3f', 'F3', 'father', FATHER],
  ]);
  const people = Array.from({ length: CHILDREN }, (_, at): [string, string[]] => [
    `U${at}`,
    CHILD.map((cells, locus) => (locus < at % 3 ? '10,10' : cells)),
  ]);
  await call('collection-point', 'POST', '/v1/batches?side=relatives', relatives);
  await call('collection-point', 'POST', '/v1/batches?side=unknowns', unknownsCsv(people));
  await service.searched();
  await saySomething(service);
  return service;
}

/** Of some cases nothing is said, of some a part; days of one year may have none in common. */
async function saySomething({ db }: TestService): Promise<void> {
  const people = await db.select({ caseId: samples.caseId }).from(samples).orderBy(samples.code);
  const parents = await db.select({ caseId: families.caseId }).from(families);
  const cases = [...new Set([...parents, ...people].map(({ caseId }) => caseId))];
  const said = cases.flatMap((caseId, at) => {
    if (at % 5 === 4) return [];
    const year = YEARS[at % YEARS.length]!;
    const born = { bornEarliest: `${year}-0${(at % 4) + 1}-01`, bornLatest: `${year}-06-30` };
    const happened = { happenedEarliest: `${year + 2}-01-01`, happenedLatest: `${year + 4}-12-31` };
    const sex = (['male', 'female', 'unknown'] as const)[at % 3]!;
    const division = at % 4 === 3 ? null : `${PROVINCES[at % PROVINCES.length]!}0104`;
    return [{ caseId, sex, division, ...(at % 7 !== 6 && born), ...(at % 3 !== 2 && happened) }];
  });
  await db.insert(caseFeatures).values(said);
  const isOfFather = eq(candidateMatches.relationship, 'father');
  await db.update(candidateMatches).set({ state: 'disputed' }).where(isOfFather);
}

type Listed = any;

async function listAll(service: TestService, query: URLSearchParams): Promise<Listed[]> {
  const found: Listed[] = [];
  for (;;) {
    const { status, body } = await service.call(
      'analyst',
      'GET',
      `/v1/candidates?${query.toString()}`,
    );
    if (status !== 200) throw new Error(JSON.stringify(body));
    found.push(...body.candidates);
    if (body.nextCursor === null) return found;
    query.set('cursor', body.nextCursor);
  }
}

type Wanted = {
  readonly state: string[];
  readonly relationship: string[];
  readonly province: string[];
  readonly sex: string[];
  readonly birth: string[];
  readonly from: number | undefined;
  readonly to: number | undefined;
  readonly unsaid: 'hidden' | undefined;
};

const year = fc.option(fc.constantFrom(1990, 1992, 1996, 2000, 2005, 2020), { nil: undefined });
const some = (all: string[]) => fc.subarray(all, { maxLength: 2 });
const wanted: fc.Arbitrary<Wanted> = fc
  .record({
    state: some(STATES),
    relationship: some(RELATIONSHIPS),
    province: some([...PROVINCES, '65']),
    sex: some(AGREEMENTS),
    birth: some(AGREEMENTS),
    from: year,
    to: year,
    unsaid: fc.constantFrom('hidden', undefined),
  })
  .filter(({ from, to }) => from === undefined || to === undefined || from <= to);

function toQuery(filter: Wanted, order: string, limit: number): URLSearchParams {
  const query = new URLSearchParams({ order, limit: String(limit) });
  for (const [name, value] of Object.entries(filter)) {
    for (const one of [value ?? []].flat()) query.append(name, String(one));
  }
  return query;
}

/** Whether a candidate is one that was asked for, by what is shown of it. */
function isWanted({ state, relationship, circumstances }: Listed, filter: Wanted): boolean {
  const { unknown, missing, agreement } = circumstances;
  const isOf = (all: string[], value: string): boolean => all.length === 0 || all.includes(value);
  return (
    isOf(filter.state, state) &&
    isOf(filter.relationship, relationship) &&
    isOf(filter.sex, agreement.sex) &&
    isOf(filter.birth, agreement.birth) &&
    isInProvince([unknown.division, missing.division], filter) &&
    isOfYears(missing.happened, filter)
  );
}

function isInProvince(divisions: (string | null)[], { province, unsaid }: Wanted): boolean {
  if (province.length === 0) return true;
  const said = divisions.filter((division) => division !== null);
  if (said.length === 0) return unsaid === undefined;
  return said.some((division) => province.includes(division.slice(0, 2)));
}

function isOfYears(
  happened: { earliest: number; latest: number } | null,
  { from = -Infinity, to = Infinity, unsaid }: Wanted,
): boolean {
  if (from === -Infinity && to === Infinity) return true;
  if (happened === null) return unsaid === undefined;
  return happened.latest >= from && happened.earliest <= to;
}

t.test('pages of any filter are the whole of it, in order, none twice', async (t) => {
  const service = await startWithCandidates(t);
  const all = await listAll(service, new URLSearchParams({ limit: '500' }));
  t.ok(all.length > CHILDREN, `${all.length} candidates`);
  t.ok(new Set(all.map(({ log10Lr }) => log10Lr)).size < all.length, 'of which some tie');
  for (const side of ['sex', 'birth']) {
    const seen = new Set(all.map(({ circumstances }) => circumstances.agreement[side]));
    t.same([...seen].sort(), AGREEMENTS, `each agreement of ${side} is there`);
  }
  let narrowed = 0;
  const orders = fc.constantFrom('largest-first', 'smallest-first');
  await fc.assert(
    fc.asyncProperty(
      wanted,
      orders,
      fc.integer({ min: 1, max: 40 }),
      async (filter, order, limit) => {
        // prettier-ignore
        const ranked = order === 'largest-first' ? all : [...all].reverse();
        const expected = ranked.filter((one) => isWanted(one, filter)).map(({ id }) => id);
        const found = await listAll(service, toQuery(filter, order, limit));
        if (expected.length > 0 && expected.length < all.length) narrowed++;
        t.same(found.map(({ id }) => id), expected, JSON.stringify({ filter, order, limit })); // prettier-ignore
      },
    ),
    { numRuns: 60, examples: [[NO_FILTER, 'smallest-first', 3], [NO_FILTER, 'largest-first', 1]] }, // prettier-ignore
  );
  t.ok(narrowed >= 5, `${narrowed} filters left a part`);
});

const NO_FILTER: Wanted = { state: [], relationship: [], province: [], sex: [], birth: [], from: undefined, to: undefined, unsaid: undefined }; // prettier-ignore

t.test('the list shows of both sides what the candidate does, and no day', async (t) => {
  const service = await startWithCandidates(t);
  t.equal((await service.call('analyst', 'GET', '/v1/candidates?from=2005&to=2000')).status, 400);
  const { body } = await service.call('analyst', 'GET', '/v1/candidates?limit=500');
  let said = 0;
  for (const { id, circumstances } of body.candidates.slice(0, 12)) {
    const detail = await service.call('analyst', 'GET', `/v1/candidates/${id}`);
    t.same(circumstances, detail.body.circumstances);
    if (circumstances.missing.happened !== null) said++;
  }
  t.ok(said > 0, `${said} of which something is said`);
  t.notMatch(JSON.stringify(body.candidates.map((one: Listed) => one.circumstances)), /\d-\d\d-\d/);
});

t.test('what is no filter is refused, with the field', async (t) => {
  const { call } = await startTestService(t, { search: false });
  for (const query of [
    'province=5',
    'province=五一',
    'from=0',
    'to=x',
    'sex=male',
    'order=lr',
    'unsaid=shown',
  ]) {
    // prettier-ignore
    const { status, body } = await call('analyst', 'GET', `/v1/candidates?${query}`);
    t.match({ status, code: body.code }, { status: 400, code: 'REQUEST_INVALID' }, query);
    t.match(body.faults[0].field, query.split('=')[0]);
  }
});

t.test('a frequency table says its loci and in how many alleles they were counted', async (t) => {
  const { call } = await startTestService(t, { search: false });
  const { body } = await call('analyst', 'GET', '/v1/frequency-tables');
  const [{ id, contentHash }] = body.frequencyTables;
  const table = await call('analyst', 'GET', `/v1/frequency-tables/${id}`);
  t.match(table, { status: 200, body: { id, contentHash } });
  t.equal(table.body.loci.length, 8);
  const { smallestFrequency, ...first } = table.body.loci[0];
  t.same(first, { locus: 'D3S1358', alleles: 10, allelesCounted: 200 });
  t.ok(Math.abs(smallestFrequency - 0.1) < 1e-12);
  const missing = await call('admin', 'GET', '/v1/frequency-tables/00000000-0000-4000-8000-000000000000'); // prettier-ignore
  t.match(missing, { status: 404, body: { code: 'NOT_FOUND' } });
});
