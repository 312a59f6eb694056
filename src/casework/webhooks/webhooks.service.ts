import { randomBytes, randomUUID } from 'node:crypto';
import type { RecordKeys } from '../../platform/crypto/record-keys.ts';
import { sealBytes, type SealedPlace } from '../../platform/crypto/sealed-bytes.ts';
import { type Database, onlyRow } from '../../platform/database.ts';
import { HomewardError } from '../../platform/errors.ts';
import { mayBeCalled, type WebhookHosts } from './webhook-hosts.ts';
import {
  disableWebhook,
  insertWebhook,
  listWebhooks,
  type WebhookStanding,
} from './webhooks.repository.ts';

export { announce } from './webhooks.repository.ts';
export type { WebhookStanding };

/** Of HMAC-SHA256, and as many as Standard Webhooks recommends. */
const SECRET_BYTES = 32;

export const secretPlace = (webhookId: string): SealedPlace => ({
  column: 'webhooks.secret',
  rowId: webhookId,
});

export type WebhooksService = ReturnType<typeof makeWebhooksService>;

/** Where police units hear of changes. */
export function makeWebhooksService({
  db,
  recordKeys,
  hosts,
}: {
  db: Database;
  recordKeys: RecordKeys;
  hosts: WebhookHosts;
}) {
  return {
    /**
     * @returns the secret that messages are signed with, this once, as Standard Webhooks writes it
     * @throws HomewardError WEBHOOK_HOST_UNKNOWN
     */
    async register(wanted: {
      jurisdiction: string;
      url: string;
    }): Promise<{ id: string; secret: string }> {
      if (!mayBeCalled(hosts, wanted.url)) throw new HomewardError('WEBHOOK_HOST_UNKNOWN');
      const id = randomUUID();
      const secret = randomBytes(SECRET_BYTES);
      await db.transaction(async (tx) => {
        const { key, keyPageId, keySlot } = onlyRow(await recordKeys.make(tx, 1));
        const sealed = sealBytes(key, secret, secretPlace(id));
        await insertWebhook(tx, { id, ...wanted, secret: sealed, keyPageId, keySlot });
      });
      return { id, secret: `whsec_${secret.toString('base64')}` };
    },

    list: (): Promise<WebhookStanding[]> => listWebhooks(db),

    /** Nothing more is sent, what waits included. */
    async disable(id: string): Promise<void> {
      if (!(await disableWebhook(db, id))) throw new HomewardError('NOT_FOUND');
    },
  };
}
