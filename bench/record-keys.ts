import { openKeyRing } from '../src/platform/crypto/key-ring.ts';
import { makeRecordKeys } from '../src/platform/crypto/record-keys.ts';

/** A ring for what is stored for a measurement and thrown away. */
export const RING = {
  kind: 'text',
  text: `bench-only ${Buffer.alloc(32, 1).toString('base64')}`,
} as const;

export const recordKeys = makeRecordKeys({ ring: await openKeyRing(RING) });
