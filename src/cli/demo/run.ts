import { setTimeout as sleep } from 'node:timers/promises';
import { openProgress } from '../progress.ts';
import { formatPosterior, formatSmall } from '../../platform/number-text.ts';
import { formatLog10, formatTable } from '../table.ts';
import { bringFindings, describeCases, keepWatch, workOnCandidates } from './casework.ts';
import type { Client } from './client.ts';
import {
  compareWithTruth,
  explainMissed,
  type ListedCandidate,
  type TruthComparison,
} from './comparison.ts';
import { type MadeUpPerson, makeUpPeople } from './made-up-people.ts';
import { FREQUENCIES, readFixture, splitIntoBatches } from './demo-set.ts';
import { admitUsers, type DemoSite, type DemoUsers } from './users.ts';

type Receipt = {
  batchId: string;
  accepted: number;
  unchanged: number;
  refused: number;
  rows: { sampleId: string; caseId: string }[];
};

type SearchProgress = {
  pending: number;
  done: number;
  failed: number;
  unknowns: number;
  families: number;
  couples: number;
};

const ROWS_A_BATCH = 100;
const POLL_EVERY_MS = 200;
const IDENTITIES_A_REQUEST = 1_000;

/** The whole way, as the people of the service go it. */
export async function runDemo(site: DemoSite): Promise<DemoUsers> {
  const begun = performance.now();
  const users = await admitUsers(site);
  await putPolicyInForce(users.admin);
  const people = makeUpPeople();
  await signConsents(users.collectionPoint, people);
  const receipts = await upload(users.collectionPoint);
  await sendIdentities(users.collectionPoint, people);
  await waitForSearch(users.analyst);
  const candidates = await listAll(users.analyst);
  const comparison = compareWithTruth(candidates);
  printCandidates(candidates, comparison.truthOf);
  await printComparison(comparison, await users.analyst.get('/v1/searches/progress'));
  await askAsPolice(users.police, receipts, candidates);
  await showCasework(users, receipts, candidates);
  tellOfReport(site, users, candidates);
  console.log(`\nThe demo took ${((performance.now() - begun) / 1000).toFixed(1)} s.`);
  return users;
}

/** Every room of the console has something to show. */
async function showCasework(
  users: DemoUsers,
  receipts: readonly Receipt[],
  candidates: readonly ListedCandidate[],
): Promise<void> {
  const rows = receipts.flatMap((receipt) => receipt.rows);
  const caseOf = new Map(rows.map(({ sampleId, caseId }) => [sampleId, caseId]));
  const cases = new Map(caseOf);
  for (const { family, relatives } of candidates) {
    const caseId = caseOf.get(relatives[0] ?? '');
    if (caseId !== undefined) cases.set(family, caseId);
  }
  await describeCases(users.collectionPoint, candidates, cases);
  await workOnCandidates(users, candidates);
  await bringFindings(users, cases);
  await keepWatch(users, candidates);
  await waitForSearch(users.analyst);
  const { total } = await users.analyst.get<{ total: number }>('/v1/findings');
  console.log(`Findings to be settled: ${total}, one person sampled twice and staff in a sample.`);
}

async function putPolicyInForce(admin: Client): Promise<void> {
  const { id } = await admin.post<{ id: string }>(
    `/v1/frequency-tables?name=${encodeURIComponent(FREQUENCIES.name)}`,
    readFixture(FREQUENCIES.file),
  );
  const document: unknown = JSON.parse(readFixture('demo/policy.json'));
  await admin.post('/v1/policies', { name: 'Demo policy', frequencyTableId: id, document });
  console.log(`Policy in force: LR ≥ 10,000, stepwise mutation, frequencies ${FREQUENCIES.name}.`);
}

/** Without a consent no sample is taken. */
async function signConsents(point: Client, people: readonly MadeUpPerson[]): Promise<void> {
  const consents = people.map(({ consent }) => consent);
  const { recorded, unchanged } = await point.post<{ recorded: number; unchanged: number }>(
    '/v1/consents',
    { consents },
  );
  console.log(`Consents: ${recorded} recorded, ${unchanged} known.`);
}

/** Names and addresses are synthetic, and sealed in the vault. */
async function sendIdentities(point: Client, people: readonly MadeUpPerson[]): Promise<void> {
  const identities = people.map(({ identity }) => identity);
  for (let at = 0; at < identities.length; at += IDENTITIES_A_REQUEST) {
    const some = identities.slice(at, at + IDENTITIES_A_REQUEST);
    await point.post('/v1/identities', { identities: some });
  }
  console.log(`Sealed ${identities.length} made-up identities in the vault.`);
}

/** Sends both files in batches, as a collection point would, and one of them twice. */
async function upload(point: Client): Promise<Receipt[]> {
  const batches = (['relatives', 'unknowns'] as const).flatMap((side) =>
    splitIntoBatches(
      readFixture(side === 'relatives' ? 'demo/families.csv' : 'demo/unknowns.csv'),
      ROWS_A_BATCH,
    ).map((csv) => ({ path: `/v1/batches?side=${side}`, csv })),
  );
  const progress = openProgress('uploading', batches.length);
  const receipts: Receipt[] = [];
  for (const { path, csv } of batches) {
    receipts.push(await point.post<Receipt>(path, csv));
    progress.update(receipts.length);
  }
  progress.stop();
  const count = (outcome: 'accepted' | 'unchanged' | 'refused'): number =>
    receipts.reduce((sum, receipt) => sum + receipt[outcome], 0);
  console.log(
    `Uploaded ${batches.length} batches: ${count('accepted')} people accepted, ${count('refused')} refused.`,
  );
  const [{ path, csv }, receipt] = [batches[0]!, receipts[0]!];
  const again = await point.post<Receipt>(path, csv);
  const same = again.batchId === receipt.batchId;
  console.log(
    `Sent the first batch again: ${same ? 'the same receipt, nothing changed' : 'A NEW RECEIPT'}.`,
  );
  return receipts;
}

async function waitForSearch(analyst: Client): Promise<void> {
  const read = (): Promise<SearchProgress> => analyst.get('/v1/searches/progress');
  let state = await read();
  const before = state.done + state.failed;
  const total = (): number => state.done + state.failed + state.pending - before;
  const progress = openProgress('searching', total());
  while (state.pending > 0) {
    await sleep(POLL_EVERY_MS);
    state = await read();
    progress.update(state.done + state.failed - before, total());
  }
  progress.stop();
  const { unknowns, families, couples, failed } = state;
  console.log(
    `Searched ${unknowns} people of unknown origin against ${families} families (${couples} couples); ` +
      `${failed} requests failed.`,
  );
}

async function listAll(analyst: Client): Promise<ListedCandidate[]> {
  const all: ListedCandidate[] = [];
  let cursor: string | null = '';
  while (cursor !== null) {
    const page: { candidates: ListedCandidate[]; nextCursor: string | null } = await analyst.get(
      `/v1/candidates?limit=100${cursor ? `&cursor=${cursor}` : ''}`,
    );
    all.push(...page.candidates);
    cursor = page.nextCursor;
  }
  return all;
}

function printCandidates(
  candidates: readonly ListedCandidate[],
  truthOf: TruthComparison['truthOf'],
): void {
  const rows = candidates.map((candidate, place) => [
    String(place + 1),
    candidate.unknown,
    candidate.relatives.join('+'),
    `${candidate.relationship}${candidate.wholeFails ? ' (part of the family)' : ''}`,
    formatLog10(candidate.log10Lr),
    formatPosterior(candidate.posterior),
    `${candidate.lociInconsistent} of ${candidate.lociCompared}`,
    formatSmall(candidate.expectedChanceCandidates),
    truthOf(candidate) === 'chance' ? '✗ chance' : `✓ ${truthOf(candidate)}`,
  ]);
  const header = ['#', 'unknown', 'candidate', 'relationship', 'log10 LR', 'posterior', 'inconsistent', 'expected by chance', 'truth file']; // prettier-ignore
  console.log(`\n${formatTable(header, rows)}`);
}

async function printComparison(
  { planted, missed, chance }: TruthComparison,
  { unknowns, families }: SearchProgress,
): Promise<void> {
  const { couples, parents } = planted;
  console.log(`
Planted reunions found: ${couples.found} of ${couples.total} with both parents, ${parents.found} of ${parents.total} with one parent.
Candidates by chance: ${chance.length} among ${unknowns} × ${families} pairs.`);
  if (missed.length === 0) return;
  console.log('Not listed:');
  for (const line of await explainMissed(missed)) console.log(`  ${line}`);
}

/** How to take the report of the first candidate, while the service goes on. */
function tellOfReport(
  { url }: DemoSite,
  { keys }: DemoUsers,
  [best]: readonly ListedCandidate[],
): void {
  if (!best) return;
  console.log(`
The report of ${best.unknown} and ${best.relatives.join('+')} (language=zh for Chinese; format=json for \`homeward replay\`):
  curl -H 'Authorization: Bearer ${keys.analyst}' -o report.pdf '${url}/v1/candidates/${best.id}/report?language=en'`);
}

/** Police ask for the case of the person in the first candidate: status, history and who it is, no genotype. */
async function askAsPolice(
  police: Client,
  receipts: readonly Receipt[],
  [best]: readonly ListedCandidate[],
): Promise<void> {
  const row = receipts
    .flatMap(({ rows }) => rows)
    .find(({ sampleId }) => sampleId === best?.unknown);
  if (!row) return;
  const answer = await police.get<Record<string, unknown>>(`/v1/cases/${row.caseId}`);
  const { people } = await police.get<{ people: object[] }>(`/v1/cases/${row.caseId}/people`);
  console.log(
    `\nPolice ask for case ${row.caseId} (${row.sampleId}):\n${JSON.stringify({ ...answer, people }, null, 2)}`,
  );
}
