import type { Test } from 'tap';
import { until } from '../servers.ts';
import { CHILD, FATHER, MOTHER, POLICY, relativesCsv, STRANGER, type TestService, unknownsCsv } from './service.ts'; // prettier-ignore

export const FAMILIES = 10;
export const FITTING = 5;
export const CHILDREN = 20;
export const OTHERS = 12;

/** Children who fit every second family, and people who fit none: so many candidates, in whole blocks. */
export async function upload({ call }: TestService): Promise<void> {
  const families = relativesCsv(
    Array.from({ length: FAMILIES }, (_, place): [string, string, string, string[]][] => [
      [`P${place}f`, `F${place}`, 'father', place % 2 === 0 ? FATHER : STRANGER],
      [`P${place}m`, `F${place}`, 'mother', place % 2 === 0 ? MOTHER : STRANGER],
    ]).flat(),
  );
  const unknowns = unknownsCsv(
    Array.from({ length: CHILDREN + OTHERS }, (_, place) => [
      `U${place}`,
      place < CHILDREN ? CHILD : ODD,
    ]),
  );
  for (const [side, csv] of Object.entries({ relatives: families, unknowns })) {
    const answer = await call('collection-point', 'POST', `/v1/batches?side=${side}`, csv);
    if (answer.body.refused !== 0) throw new Error('a row was refused');
  }
}

/** Shares no allele with anybody. */
const ODD = Array.from({ length: 8 }, () => '16,17');
/** Every fitting pair of `upload` reaches it. */
export const LOWER = { ...POLICY, threshold: 500 };

export async function pairsOf({ call }: TestService): Promise<string[]> {
  const { body } = await call('analyst', 'GET', '/v1/candidates?limit=500');
  return body.candidates
    .map(({ unknown, family, relationship }: any) => `${unknown} ${family} ${relationship}`)
    .sort();
}

/** The candidates of `upload`. */
export const EXPECTED = Array.from({ length: CHILDREN }, (_, child) =>
  Array.from({ length: FITTING }, (_, family) => `U${child} F${2 * family} both-parents`),
)
  .flat()
  .sort();

export async function lastSweep({ call }: TestService): Promise<any> {
  return (await call('admin', 'GET', '/v1/sweeps?limit=1')).body.sweeps[0];
}

/** The last sweep, once it has blocks. */
export async function planned(service: TestService): Promise<any> {
  await until(async () => (await lastSweep(service)).blocks !== null);
  return lastSweep(service);
}

export async function listDifferences(
  { call }: TestService,
  id: string,
  difference: string,
): Promise<any[]> {
  const found: any[] = [];
  let cursor = '';
  do {
    const path = `/v1/sweeps/${id}/differences?difference=${difference}&limit=7${cursor}`;
    const { status, body } = await call('admin', 'GET', path);
    if (status !== 200) throw new Error(JSON.stringify(body));
    found.push(...body.differences);
    cursor = body.nextCursor === null ? '' : `&cursor=${body.nextCursor}`;
  } while (cursor);
  return found;
}

export function expectPairs(t: Test, found: any[], expected: string[], what: string): void {
  t.same(found.map(({ unknown, family }) => `${unknown} ${family}`).sort(), expected.sort(), what);
}
