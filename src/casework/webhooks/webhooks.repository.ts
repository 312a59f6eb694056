import { and, asc, eq, isNull, sql } from 'drizzle-orm';
import type { Database } from '../../platform/database.ts';
import { webhookDeliveries, webhooks } from '../../platform/webhook-tables.ts';

export type WebhookRow = typeof webhooks.$inferSelect;
export type DeliveryRow = typeof webhookDeliveries.$inferSelect;

export async function insertWebhook(
  tx: Database,
  webhook: typeof webhooks.$inferInsert,
): Promise<void> {
  await tx.insert(webhooks).values(webhook);
}

export type WebhookStanding = Pick<WebhookRow, 'id' | 'jurisdiction' | 'url' | 'createdAt'> & {
  readonly waiting: number;
  readonly delivered: number;
  readonly abandoned: number;
  readonly lastFailure: string | null;
};

/** Those in use, with what became of their messages. */
export async function listWebhooks(db: Database): Promise<WebhookStanding[]> {
  const { deliveredAt, abandonedAt, id, failure } = webhookDeliveries;
  const countOf = (condition: unknown) =>
    sql<number>`(count(${id}) filter (where ${condition}))::int`;
  return db
    .select({
      id: webhooks.id,
      jurisdiction: webhooks.jurisdiction,
      url: webhooks.url,
      createdAt: webhooks.createdAt,
      waiting: countOf(sql`${deliveredAt} is null and ${abandonedAt} is null`),
      delivered: countOf(sql`${deliveredAt} is not null`),
      abandoned: countOf(sql`${abandonedAt} is not null`),
      lastFailure: sql<
        string | null
      >`(array_agg(${failure} order by ${id} desc) filter (where ${failure} is not null))[1]`,
    })
    .from(webhooks)
    .leftJoin(webhookDeliveries, eq(webhookDeliveries.webhookId, webhooks.id))
    .where(isNull(webhooks.disabledAt))
    .groupBy(webhooks.id)
    .orderBy(asc(webhooks.createdAt), asc(webhooks.id));
}

/** @returns false when there is none of that id in use */
export async function disableWebhook(db: Database, id: string): Promise<boolean> {
  const disabled = await db
    .update(webhooks)
    .set({ disabledAt: new Date() })
    .where(and(eq(webhooks.id, id), isNull(webhooks.disabledAt)))
    .returning({ id: webhooks.id });
  return disabled.length > 0;
}

/** A message that is due, and where it goes. */
export type DueDelivery = { readonly delivery: DeliveryRow; readonly webhook: WebhookRow };

/**
 * Takes messages that are due; each is due again after its pause, unless somebody says before that it arrived.
 * Whoever takes messages at the same time takes others.
 * @param pauses in seconds, by the number of attempts
 */
export async function takeDue(
  db: Database,
  most: number,
  pauses: readonly number[],
): Promise<DueDelivery[]> {
  const taken = await db.execute<{ id: string }>(sql`
    update webhook_deliveries d set attempts = attempts + 1,
      due_at = now() + make_interval(secs => (${sql.param(pauses)}::int[])[least(attempts + 1, ${pauses.length})])
    where id in (
      select d.id from webhook_deliveries d join webhooks w on w.id = d.webhook_id
      where d.due_at <= now() and d.delivered_at is null and d.abandoned_at is null and w.disabled_at is null
      order by d.due_at limit ${most} for update of d skip locked)
    returning id`);
  if (taken.length === 0) return [];
  const ids = taken.map(({ id }) => Number(id));
  return db
    .select({ delivery: webhookDeliveries, webhook: webhooks })
    .from(webhookDeliveries)
    .innerJoin(webhooks, eq(webhooks.id, webhookDeliveries.webhookId))
    .where(sql`${webhookDeliveries.id} = any(${sql.param(ids)}::bigint[])`)
    .orderBy(asc(webhookDeliveries.id));
}

export async function noteArrival(db: Database, id: number): Promise<void> {
  await db
    .update(webhookDeliveries)
    .set({ deliveredAt: new Date(), failure: null })
    .where(eq(webhookDeliveries.id, id));
}

/** @param isLast it is not tried again */
export async function noteFailure(
  db: Database,
  id: number,
  failure: string,
  isLast: boolean,
): Promise<void> {
  await db
    .update(webhookDeliveries)
    .set({ failure, abandonedAt: isLast ? new Date() : null })
    .where(eq(webhookDeliveries.id, id));
}

/** Tells every unit in whose jurisdiction a case lies, in the transaction that changed the case. */
export async function announce(
  tx: Database,
  { number, division, status }: { number: string; division: string; status: DeliveryRow['status'] },
): Promise<void> {
  await tx.execute(sql`
    insert into webhook_deliveries (webhook_id, case_number, status)
    select id, ${number}, ${status} from webhooks
    where disabled_at is null and starts_with(${division}, jurisdiction)`);
}
