import type { paths } from '../api/schema.d.ts';

export type Health = paths['/v1/health']['get']['responses'][200]['content']['application/json'];

/** Something that somebody should look after: at once, or when there is time. */
export type HealthSign = {
  readonly level: 'bad' | 'watch';
  readonly what:
    | 'queueAway'
    | 'noWorkers'
    | 'failed'
    | 'waiting'
    | 'notSearching'
    | 'indexStale'
    | 'indexBehind'
    | 'noPolicy'
    | 'migrations'
    | 'canariesMissed'
    | 'noCanaries'
    | 'abandoned'
    | 'failing'
    | 'custody'
    | 'redraws'
    | 'breakGlass';
  /** How many there are, where they are counted. */
  readonly count?: number;
};

/** What waits longer is worth a look: a search of one person takes seconds. */
const LONG_WAIT_MS = 10 * 60_000;
/** The index is compared with the database every few seconds. */
const STALE_MS = 60_000;

/** What is to be looked after, the worst first. */
export function readSigns(health: Health): HealthSign[] {
  const signs = [...queueSigns(health), ...indexSigns(health), ...otherSigns(health)];
  return [...signs.filter(({ level }) => level === 'bad'), ...signs.filter(({ level }) => level === 'watch')]; // prettier-ignore
}

function queueSigns({ at, queues: { work } }: Health): HealthSign[] {
  const failed = work.reduce((sum, one) => sum + one.failed, 0);
  const waitsLong = work.some(
    ({ oldestAt }) => oldestAt !== null && Date.parse(at) - Date.parse(oldestAt) > LONG_WAIT_MS,
  );
  return [
    ...when(work.some(({ jobs }) => jobs === null), { level: 'bad', what: 'queueAway' }),
    ...when(work.some(({ jobs }) => jobs?.workers === 0), { level: 'bad', what: 'noWorkers' }),
    ...counted({ level: 'bad', what: 'failed', count: failed }),
    ...when(waitsLong, { level: 'watch', what: 'waiting' }),
  ]; // prettier-ignore
}

function indexSigns({ at, index, database }: Health): HealthSign[] {
  if (!index) return [{ level: 'watch', what: 'notSearching' }];
  const { readAt, policyId, unknowns, families } = index;
  const isStale = readAt === null || Date.parse(at) - Date.parse(readAt) > STALE_MS;
  const isBehind = unknowns !== database.unknowns || families !== database.families;
  return [
    ...when(isStale, { level: 'bad', what: 'indexStale' }),
    ...when(isBehind, { level: 'watch', what: 'indexBehind' }),
    ...when(policyId === null, { level: 'watch', what: 'noPolicy' }),
  ];
}

function otherSigns({ database, canaries, messages, alarms }: Health): HealthSign[] {
  const { applied, known } = database.migrations;
  return [
    ...when(applied !== known, { level: 'watch', what: 'migrations' }),
    ...counted({ level: 'bad', what: 'canariesMissed', count: canaries.missed }),
    ...when(canaries.planted === 0, { level: 'watch', what: 'noCanaries' }),
    ...counted({ level: 'bad', what: 'abandoned', count: messages.abandoned }),
    ...counted({ level: 'watch', what: 'failing', count: messages.failing }),
    ...counted({ level: 'watch', what: 'breakGlass', count: alarms.breakGlass }),
    ...counted({ level: 'watch', what: 'custody', count: alarms.custody }),
    ...counted({ level: 'watch', what: 'redraws', count: alarms.redraws }),
  ];
}

function when(isSo: boolean, sign: HealthSign): HealthSign[] {
  return isSo ? [sign] : [];
}

function counted(sign: HealthSign & { readonly count: number }): HealthSign[] {
  return when(sign.count > 0, sign);
}
