import { z } from 'zod';
import { shortText } from '../../platform/text.ts';
import { jurisdiction, name } from '../access/access.schema.ts';
import { ROLES } from '../access/actor.ts';

const subject = shortText(255).describe(
  'What the issuer calls them: the claim "sub" of their ID tokens',
);

export const newUser = z.discriminatedUnion('role', [
  z.strictObject({ role: z.enum(['admin', 'analyst']), name, subject }),
  z.strictObject({
    role: z.literal('collection-point'),
    name,
    subject,
    collectionPointId: z.uuid(),
  }),
  z.strictObject({ role: z.literal('police'), name, subject, jurisdiction }),
]);

const userId = z.string().regex(/^user_[0-9a-f]{16}$/);

export const createdUser = z.object({ id: userId });

export const userList = z.object({
  users: z.array(
    z.object({
      id: userId,
      issuer: z.string(),
      subject: z.string(),
      name: z.string(),
      role: z.enum(ROLES),
      collectionPointId: z.uuid().nullable(),
      jurisdiction: z.string().nullable(),
      createdAt: z.date(),
      disabledAt: z.date().nullable(),
    }),
  ),
});

export const userParams = z.object({ userId });
