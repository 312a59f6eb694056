import { z } from 'zod';
import { shortText } from '../../platform/text.ts';
import { ROLES } from './actor.ts';

/** GB/T 2260: six digits, two each for province, city and county. */
export const divisionCode = z
  .string()
  .regex(/^\d{6}$/, 'write the six digits of the GB/T 2260 division code')
  .describe('GB/T 2260 division code, six digits');

const name = shortText(100);

export const newCollectionPoint = z.strictObject({
  code: z.string().regex(/^[A-Z0-9-]{2,20}$/, 'use 2 to 20 capitals, digits and "-"'),
  name,
  division: divisionCode,
});

export const collectionPoint = z.object({ id: z.uuid(), ...newCollectionPoint.shape });

export const collectionPointList = z.object({ collectionPoints: z.array(collectionPoint) });

const expiresInDays = z.int().min(1).max(730).default(365);

const jurisdiction = z
  .string()
  .regex(/^(\d{2}){1,3}$/, 'write two digits for a province, four for a city, six for a county')
  .describe('Leading digits of the division codes that the unit sees');

export const newApiKey = z.discriminatedUnion('role', [
  z.strictObject({ role: z.enum(['admin', 'analyst']), name, expiresInDays }),
  z.strictObject({
    role: z.literal('collection-point'),
    name,
    collectionPointId: z.uuid(),
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
});

export const createdApiKey = z.object({
  id: z.string(),
  key: z.string().describe('The secret. It is shown this once and kept only as a hash.'),
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
      createdAt: z.date(),
      expiresAt: z.date(),
      revokedAt: z.date().nullable(),
    }),
  ),
});

export const apiKeyParams = z.object({ keyId: z.string().regex(/^key_[0-9a-f]{16}$/) });
