import { readProfileCsv } from '../../formats/profile-csv.ts';
import type { PersonRow } from '../../formats/row.ts';
import type { Profile } from '../../kinship/index.ts';
import type { Client } from './client.ts';
import type { ListedCandidate } from './comparison.ts';
import { FURTHER_FREQUENCIES, readFixture } from './demo-set.ts';
import { makeUpCases } from './made-up-cases.ts';
import { signFor } from './made-up-people.ts';
import { type DemoUsers, POINT } from './users.ts';

/** Cases by the code of a person of unknown origin, or of a family. */
export type CaseNumbers = ReadonlyMap<string, string>;

type Versioned = { readonly version: number };
type ReunionSummary = Versioned & { readonly id: string; readonly state: string };

/** Whoever has fewer loci than this is typed again, at more. */
const FEW_LOCI = 16;
const EVEN = 0.5;
/** People who are nobody's candidate: the second sample of the one, and staff who shows up in the other. */
const [TWICE, TOUCHED] = ['U0001', 'U0010'];

/** Says of every candidate's two cases of whom they are, and when and where it happened. */
export async function describeCases(
  point: Client,
  candidates: readonly ListedCandidate[],
  cases: CaseNumbers,
): Promise<void> {
  const features = makeUpCases();
  const names = new Set(candidates.flatMap(({ unknown, family }) => [unknown, family]));
  for (const name of names) {
    const caseId = cases.get(name);
    if (caseId !== undefined) await point.change('PUT', `/v1/cases/${caseId}/features`, features.get(name), 0); // prettier-ignore
  }
  console.log(`\nDescribed ${names.size} cases: sex, years and divisions.`);
}

/**
 * Some days of the laboratory, so that every state of a candidate is to be seen. What was done in an earlier
 * run is not done again.
 */
export async function workOnCandidates(
  { analyst, second, third }: DemoUsers,
  candidates: readonly ListedCandidate[],
): Promise<void> {
  const couples = candidates.filter(({ relationship }) => relationship === 'both-parents');
  const [best, waiting, disputed, left] = couples;
  const few = couples.find(({ lociCompared }) => lociCompared < FEW_LOCI);
  if (!best || !waiting || !disputed || !left || !few) return;
  await signBoth([analyst, second], best, 'Every locus fits both parents.');
  await signBoth([analyst, second], few, 'Fits both parents, at few loci: type more.');
  await sign(analyst, waiting, 'supported', 'Every locus fits both parents.');
  await sign(analyst, disputed, 'supported', 'Every locus fits both parents.');
  await sign(third, disputed, 'more-loci', 'Type the mother at more loci before we say so.');
  const unlikely = candidates.find(({ posterior }) => posterior < EVEN);
  if (unlikely) {
    await sign(
      analyst,
      unlikely,
      'excluded',
      'The other parent is typed and excluded: a chance hit.',
    );
    await sign(third, unlikely, 'excluded', 'By chance, at this size of the database.');
  }
  await begin(second, best);
  await reunite([analyst, second], few);
  console.log(
    `Analysts signed: ${best.unknown} is being sampled again, of ${few.unknown} the police are told, ` +
      `${disputed.unknown} waits for a third, ${waiting.unknown} for a second.`,
  );
}

/** One person sampled twice, and a sample that shows somebody of the staff: findings of the next search. */
export async function bringFindings(
  { collectionPoint, analyst }: DemoUsers,
  cases: CaseNumbers,
): Promise<void> {
  const again = `${TWICE}-2`;
  const [header = '', ...rows] = readFixture('demo/unknowns.csv').split('\n');
  const row = rows.find((one) => one.startsWith(`${TWICE},`)) ?? '';
  const consent = signFor({ sample_id: again, sex: 'female' });
  await collectionPoint.post('/v1/consents', { consents: [consent] });
  await collectionPoint.post('/v1/batches?side=unknowns', `${header}\n${row.replace(TWICE, again)}\n`); // prettier-ignore
  const touched = (await readUnknowns()).get(TOUCHED);
  if (!touched || !cases.has(TOUCHED)) return;
  await analyst.put('/v1/staff-profiles/DEMO-TECH-1', {
    consent: { version: 'demo-1', purpose: 'contamination-check', signedOn: '2026-03-01' },
    genotypes: genotypesOf(touched.profile),
  });
}

/** A second population beside the policy's, and a pair that the search must find. */
export async function keepWatch(
  { admin }: DemoUsers,
  [best]: readonly ListedCandidate[],
): Promise<void> {
  const { name, file } = FURTHER_FREQUENCIES;
  await admin.post(`/v1/frequency-tables?name=${encodeURIComponent(name)}`, readFixture(file));
  const { canaries } = await admin.get<{ canaries: object[] }>('/v1/canaries');
  if (!best || canaries.length > 0) return;
  const { unknown, family } = best;
  await admin.post('/v1/canaries', { point: POINT.code, unknown, family });
}

type Verdict = 'supported' | 'excluded' | 'more-loci';

async function signBoth(
  analysts: readonly Client[],
  candidate: ListedCandidate,
  reason: string,
): Promise<void> {
  for (const analyst of analysts) await sign(analyst, candidate, 'supported', reason);
}

async function sign(
  analyst: Client,
  { id }: ListedCandidate,
  verdict: Verdict,
  reason: string,
): Promise<void> {
  const path = `/v1/candidates/${id}`;
  const { version } = await analyst.get<Versioned>(path);
  const cause = verdict === 'excluded' ? 'chance' : null;
  await analyst.change('POST', `${path}/decisions`, { verdict, reason, cause }, version);
}

async function begin(analyst: Client, { id }: ListedCandidate): Promise<ReunionSummary | null> {
  const path = `/v1/candidates/${id}`;
  const { version } = await analyst.get<Versioned>(path);
  const remark = 'Take blood of all three again, and type them at more loci.';
  await analyst.change('POST', `${path}/reunions`, { remark }, version);
  const { reunions } = await analyst.get<{ reunions: ReunionSummary[] }>(`${path}/reunions`);
  return reunions[0] ?? null;
}

/** Sampled again, confirmed by the analyst who did not bring the evidence, and the police told. */
async function reunite(
  [analyst, second]: readonly [Client, Client],
  candidate: ListedCandidate,
): Promise<void> {
  const reunion = await begin(analyst, candidate);
  if (reunion?.state !== 're-sampling') return;
  const path = `/v1/reunions/${reunion.id}`;
  const evidence = { people: await typeAgain(candidate), remark: 'New blood cards of all three.' };
  const weighed = await second.change<Versioned>('POST', `${path}/evidence`, evidence, reunion.version); // prettier-ignore
  if (!weighed) return;
  const remark = 'The loci that came with it fit as well.';
  const confirmed = await analyst.change<Versioned>('POST', `${path}/steps`, { step: 'confirmed', remark }, weighed.version); // prettier-ignore
  if (!confirmed) return;
  const told = { step: 'notified', remark: 'Handed to the unit of the place.' };
  await analyst.change('POST', `${path}/steps`, told, confirmed.version);
}

/** All three at their loci, and the child at those of the parents too: one allele of each. */
async function typeAgain({ unknown, relatives }: ListedCandidate): Promise<object[]> {
  const child = (await readUnknowns()).get(unknown);
  const parents = await readSide('demo/families.csv');
  const [father, mother] = relatives.map((code) => parents.get(code));
  if (!child || !father || !mother) return [];
  const profile = new Map(child.profile);
  for (const [locus, [paternal]] of father.profile) {
    const [maternal] = mother.profile.get(locus) ?? [];
    if (paternal !== undefined && maternal !== undefined && !profile.has(locus))
      profile.set(locus, [paternal, maternal]);
  }
  return [
    { id: unknown, genotypes: genotypesOf(profile) },
    ...[father, mother].map(({ sampleId, profile: typed }) => ({ id: sampleId, genotypes: genotypesOf(typed) })), // prettier-ignore
  ];
}

function genotypesOf(profile: Profile): Record<string, readonly string[]> {
  return Object.fromEntries([...profile].map(([locus, alleles]) => [locus, [...alleles]]));
}

function readUnknowns(): Promise<ReadonlyMap<string, PersonRow>> {
  return readSide('demo/unknowns.csv');
}

async function readSide(file: string): Promise<ReadonlyMap<string, PersonRow>> {
  const people = new Map<string, PersonRow>();
  for await (const outcome of readProfileCsv([Buffer.from(readFixture(file))])) {
    if ('person' in outcome) people.set(outcome.person.sampleId, outcome.person);
  }
  return people;
}
