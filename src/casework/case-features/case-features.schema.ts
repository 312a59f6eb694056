import { z } from 'zod';
import { shortText } from '../../platform/text.ts';
import { division, position } from '../collection-points/collection-points.schema.ts';
import { AGREEMENTS } from './circumstances.ts';

const SEXES = ['male', 'female', 'unknown'] as const;
const MOST_DESCRIPTION_CHARACTERS = 4_000;

export const sex = z.enum(SEXES);

const span = z
  .strictObject({ earliest: z.iso.date(), latest: z.iso.date() })
  .describe('The earliest and the latest day that it can have been; the same twice if it is known');

export const newFeatures = z.strictObject({
  sex: sex.default('unknown'),
  born: span.nullable().default(null),
  happened: span
    .nullable()
    .default(null)
    .describe('When the child went missing, or the person of unknown origin was found'),
  division: division.nullable().default(null).describe('Where that was: GB/T 2260, six digits'),
  position: position.nullable().default(null),
  description: shortText(MOST_DESCRIPTION_CHARACTERS)
    .nullable()
    .default(null)
    .describe(
      'Scars, clothing, what else somebody is known by; sealed, and never shown to analysts',
    ),
});

export const features = z.object({
  ...newFeatures.shape,
  version: z.int().describe('Counts the changes, 0 before the first; the ETag'),
  writtenAt: z.iso.datetime().nullable(),
});

const years = z.object({ earliest: z.int(), latest: z.int() }).nullable();

const side = z.object({
  sex: sex.describe('As it is said'),
  born: years.describe('In years'),
  happened: years.describe('In years: when the child went missing, or the person was found'),
  division: z.string().nullable(),
});

export const agreement = z.enum(AGREEMENTS);

export const circumstances = z
  .object({
    unknown: side.extend({ typedSex: sex.describe('As the sample shows it') }),
    missing: side,
    agreement: z.object({
      sex: agreement,
      birth: agreement.describe('contradicts: the days of birth that can be have none in common'),
    }),
  })
  .describe('What is said of both sides. Information: no candidate is found, ranked or hidden by it'); // prettier-ignore
