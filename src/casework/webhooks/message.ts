import { createHmac } from 'node:crypto';

/** What police are told: that a case changed, and nothing of what the laboratory knows. */
export type CaseChange = {
  readonly deliveryId: number;
  readonly caseId: string;
  readonly status: string;
  readonly at: Date;
};

/** A message as it is sent. */
export type Message = { readonly body: string; readonly headers: Readonly<Record<string, string>> };

/**
 * Signs a change as Standard Webhooks 1.0 asks (https://www.standardwebhooks.com): HMAC-SHA256 over the message's id,
 * the time of sending and the body. A message that is sent again keeps its id.
 */
export function writeMessage(change: CaseChange, secret: Uint8Array, now: Date): Message {
  const { deliveryId, caseId, status, at } = change;
  const body = JSON.stringify({
    type: 'case.changed',
    timestamp: at.toISOString(),
    data: { caseId, status },
  });
  const id = `msg_${deliveryId}`;
  const timestamp = String(Math.floor(now.getTime() / 1_000));
  const signature = createHmac('sha256', secret).update(`${id}.${timestamp}.${body}`).digest('base64'); // prettier-ignore
  return {
    body,
    headers: {
      'content-type': 'application/json',
      'webhook-id': id,
      'webhook-timestamp': timestamp,
      'webhook-signature': `v1,${signature}`,
    },
  };
}
