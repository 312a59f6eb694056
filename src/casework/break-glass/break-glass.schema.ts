import { z } from 'zod';
import { RELATIONS } from '../../formats/relation.ts';
import { shortText } from '../../platform/text.ts';
import { caseParams } from '../cases/cases.schema.ts';

const { caseId } = caseParams.shape;

const FEWEST_CHARACTERS = 20;

export const newGrant = z.strictObject({
  caseId,
  reason: shortText(500)
    .min(FEWEST_CHARACTERS, `say in ${FEWEST_CHARACTERS} characters or more why it cannot wait`)
    .describe('Why it cannot wait for the police of the case; name nobody in it'),
});

export const grantParams = z.object({ grantId: z.uuid() });

export const openedGrant = z.object({
  id: z.uuid(),
  caseId: z.string(),
  openedAt: z.iso.datetime(),
  expiresAt: z.iso.datetime(),
});

const text = z.string().nullable();

export const openedPeople = z.object({
  people: z.array(
    z.object({
      relation: z.enum(RELATIONS).nullable(),
      name: text.describe('Null where the collection point sent no identity'),
      nationalId: text,
      phone: text,
      address: text,
    }),
  ),
});

export const GRANT_STATES = ['unreviewed', 'reviewed'] as const;

export const grantQuery = z.strictObject({ state: z.enum(GRANT_STATES).default('unreviewed') });

export const GRANT_VERDICTS = ['justified', 'unjustified'] as const;

export const newReview = z.strictObject({
  verdict: z.enum(GRANT_VERDICTS),
  remark: shortText(500),
});

export const grant = z.object({
  ...openedGrant.shape,
  reason: z.string(),
  openedBy: z.string(),
  verdict: z.enum(GRANT_VERDICTS).nullable(),
  remark: text,
  reviewedBy: text,
  reviewedAt: z.iso.datetime().nullable(),
});

export const grantList = z.object({ grants: z.array(grant) });
