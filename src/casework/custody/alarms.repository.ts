import { and, asc, count, desc, eq, isNotNull, isNull, sql } from 'drizzle-orm';
import { barcodes, custodyAlarms } from '../../platform/custody-tables.ts';
import { type Database, onlyRow } from '../../platform/database.ts';
import { collectionPoints } from '../../platform/tables.ts';
import type { AlarmCode, AlarmState } from './alarm.ts';
import type { GapCode } from './gaps.ts';
import type { TubeState } from './tube.ts';

export type AlarmRow = typeof custodyAlarms.$inferSelect;

/** With what is known of the tube; null for one that is not ours, or not the viewer's. */
export type Alarm = AlarmRow & {
  readonly issuedTo: string | null;
  readonly state: TubeState | null;
};

/** Raises alarms; what was raised before is not raised again. */
export async function insertAlarms(
  tx: Database,
  raised: readonly (typeof custodyAlarms.$inferInsert & { code: AlarmCode })[],
): Promise<number> {
  if (raised.length === 0) return 0;
  const added = await tx
    .insert(custodyAlarms)
    .values([...raised])
    .onConflictDoNothing({ target: custodyAlarms.contentHash })
    .returning({ id: custodyAlarms.id });
  return added.length;
}

const isIn = (state: AlarmState) =>
  state === 'open' ? isNull(custodyAlarms.resolvedAt) : isNotNull(custodyAlarms.resolvedAt);

const selectAlarms = (db: Database) =>
  db
    .select({ alarm: custodyAlarms, issuedTo: collectionPoints.code, state: barcodes.state })
    .from(custodyAlarms)
    .leftJoin(barcodes, eq(barcodes.barcode, custodyAlarms.barcode))
    .leftJoin(collectionPoints, eq(collectionPoints.id, barcodes.collectionPointId));

type SelectedAlarm = Omit<Alarm, keyof AlarmRow> & { readonly alarm: AlarmRow };

const toAlarm = ({ alarm, ...tube }: SelectedAlarm): Alarm => ({ ...alarm, ...tube });

/** Open ones the oldest first, resolved ones the newest. */
export async function listAlarms(
  db: Database,
  state: AlarmState,
  most: number,
): Promise<{ total: number; alarms: Alarm[] }> {
  const { raisedAt, resolvedAt, at, id } = custodyAlarms;
  const order = state === 'open' ? [asc(raisedAt), asc(at), asc(id)] : [desc(resolvedAt), desc(id)];
  const rows = await selectAlarms(db).where(isIn(state)).orderBy(...order).limit(most); // prettier-ignore
  const counted = await db.select({ total: count() }).from(custodyAlarms).where(isIn(state));
  return { total: onlyRow(counted).total, alarms: rows.map(toAlarm) };
}

/** All alarms of a tube, the oldest first. */
export async function listAlarmsOf(db: Database, barcode: string): Promise<Alarm[]> {
  const rows = await selectAlarms(db)
    .where(eq(custodyAlarms.barcode, barcode))
    .orderBy(asc(custodyAlarms.raisedAt), asc(custodyAlarms.at), asc(custodyAlarms.id));
  return rows.map(toAlarm);
}

/** @returns false when it is missing or was resolved */
export async function resolveAlarm(
  db: Database,
  id: string,
  { resolvedBy, resolution }: { resolvedBy: string; resolution: string },
): Promise<boolean> {
  const resolved = await db
    .update(custodyAlarms)
    .set({ resolvedBy, resolution, resolvedAt: sql`now()` })
    .where(and(eq(custodyAlarms.id, id), isNull(custodyAlarms.resolvedAt)))
    .returning({ id: custodyAlarms.id });
  return resolved.length > 0;
}

export async function isAlarm(db: Database, id: string): Promise<boolean> {
  const rows = await db
    .select({ id: custodyAlarms.id })
    .from(custodyAlarms)
    .where(eq(custodyAlarms.id, id));
  return rows.length > 0;
}

/** Tubes that stay longer in a state than so many hours, and of which no alarm says so. */
export function findOverdue(
  db: Database,
  state: TubeState,
  { code, hours }: { code: GapCode; hours: number },
  most: number,
) {
  const { barcode, collectionPointId, since } = barcodes;
  const isSaid = sql`exists (select from ${custodyAlarms} where ${custodyAlarms.barcode} = ${barcode}
    and ${custodyAlarms.code} = ${code} and ${custodyAlarms.at} = ${since})`;
  return db
    .select({ barcode, collectionPointId, since })
    .from(barcodes)
    .where(
      and(
        eq(barcodes.state, state),
        sql`${since} < now() - make_interval(hours => ${hours})`,
        sql`not ${isSaid}`,
      ),
    )
    .orderBy(asc(since), asc(barcode))
    .limit(most);
}
