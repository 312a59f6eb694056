import type { Answer, TestService } from './service.ts';

type Who = Parameters<TestService['call']>[0];

/** Moments that follow each other by a minute, the first some hours ago. */
export const at = (minute: number): string =>
  new Date(
    Math.floor(Date.now() / 60_000) * 60_000 - 6 * 3_600_000 + minute * 60_000,
  ).toISOString();

/** Tubes that were issued long enough ago for {@link at}. */
export async function issueTubes(
  { call, db }: TestService,
  collectionPointId: string,
  count: number,
  expiresOn = '2099-01-01',
): Promise<string[]> {
  const block = { collectionPointId, count, kit: 'blood card', lot: 'L-1', expiresOn };
  const { body } = await call('admin', 'POST', '/v1/barcodes', block);
  const { blockId } = body;
  await db.execute(`update barcodes set since = now() - interval '30 days' where block_id = '${blockId}'`); // prettier-ignore
  const sheet = await call('admin', 'GET', `/v1/barcodes/${blockId}`);
  return (sheet.body as string)
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => line.split(',')[0]!);
}

export const scan = (barcode: string, event: string, minute: number, rest: object = {}) => ({
  barcode,
  event,
  at: at(minute),
  scanner: 'S-1',
  ...rest,
});

export const sendScans = ({ call }: TestService, who: Who, scans: unknown[]): Promise<Answer> =>
  call(who, 'POST', '/v1/custody/scans', { scans });

/** Outcomes of the rows: what was recorded, or the code of why it was not. */
export const outcomes = ({ body }: Answer): string[] =>
  body.rows.map(({ outcome, faults }: any) => faults[0]?.code ?? outcome);
