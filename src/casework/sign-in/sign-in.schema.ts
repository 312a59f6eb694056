import { z } from 'zod';
import { ROLES } from '../access/actor.ts';

const short = z.string().max(2_000);

/** What an issuer sends back; it may add more. */
export const signInAnswer = z.looseObject({
  state: short,
  code: short.optional(),
  error: short.optional(),
});

export const whoAmI = z.object({
  id: z.string().describe('A key or a person: key_… or user_…'),
  name: z.string(),
  role: z.enum(ROLES),
  collectionPointId: z.uuid().optional(),
  jurisdiction: z.string().optional(),
  session: z
    .object({
      endsAt: z.date().describe('At the latest; earlier when nothing is done for 15 minutes'),
      csrfToken: z.string().describe('Send it as X-CSRF-Token with whatever changes something'),
    })
    .nullable()
    .describe('Null for a key'),
});

export const redirect = z.null().describe('Go on where the header Location says');
