import { z } from 'zod';
import { shortText } from '../../platform/text.ts';
import { ROLES } from './actor.ts';
import { isEd25519 } from './public-key.ts';

export const name = shortText(100);

const expiresInDays = z.int().min(1).max(730).default(365);

export const jurisdiction = z
  .string()
  .regex(/^(\d{2}){1,3}$/, 'write two digits for a province, four for a city, six for a county')
  .describe('Leading digits of the division codes that the unit sees');

/** A key that signs lets nobody in who only listens, or only reads what the service stores. */
const publicKey = z
  .string()
  .trim()
  .max(500)
  .refine(isEd25519, 'send an Ed25519 public key in PEM: openssl pkey -in key.pem -pubout')
  .describe('Ed25519, SPKI in PEM: every request is then signed (RFC 9421), and no secret is made')
  .optional();

export const newApiKey = z.discriminatedUnion('role', [
  z.strictObject({ role: z.enum(['admin', 'analyst']), name, expiresInDays }),
  z.strictObject({
    role: z.literal('collection-point'),
    name,
    collectionPointId: z.uuid(),
    publicKey,
    expiresInDays,
  }),
  z.strictObject({ role: z.literal('police'), name, jurisdiction, expiresInDays }),
]);

export const keyRotation = z.strictObject({
  expiresInDays,
  overlapHours: z
    .int()
    .min(0)
    .max(168)
    .default(24)
    .describe('How long the old secret is good beside the new one; 0: no longer'),
  publicKey,
});

export const createdApiKey = z.object({
  id: z.string(),
  key: z
    .string()
    .nullable()
    .describe('The secret, shown this once and kept only as a hash; null where the key signs.'),
  expiresAt: z.date(),
});

export const apiKeyList = z.object({
  keys: z.array(
    z.object({
      id: z.string(),
      role: z.enum(ROLES),
      name,
      collectionPointId: z.uuid().nullable(),
      jurisdiction: z.string().nullable(),
      signs: z.boolean().describe('Whether it signs every request'),
      createdAt: z.date(),
      expiresAt: z.date(),
      revokedAt: z.date().nullable(),
    }),
  ),
});

export const apiKeyParams = z.object({ keyId: z.string().regex(/^key_[0-9a-f]{16}$/) });
