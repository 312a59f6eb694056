import { z } from 'zod';
import { RELATIONS } from '../../formats/relation.ts';
import { shortText } from '../../platform/text.ts';
import { sampleCode } from '../consents/consents.schema.ts';
import { isNationalId } from './national-id.ts';
import { MOST_PHOTO_BYTES, MOST_PHOTO_CHARACTERS, photoTypeOf, readBase64 } from './photo.ts';

const MOST_IDENTITIES = 1_000;

const fields = {
  name: shortText(100).regex(
    /^[\p{L}\p{M} .,·•'’()-]+$/u,
    'write a name in letters, blanks and the signs of names',
  ),
  nationalId: z
    .string()
    .refine(isNationalId, {
      message: 'is no number of an identity card (18 characters, its check digit last) or passport',
    })
    .nullable()
    .default(null),
  phone: z
    .string()
    .regex(/^\+?\d[\d ()-]{3,24}$/, 'write digits, with + and the country code if it is abroad')
    .nullable()
    .default(null),
  address: shortText(300)
    .regex(/^[^\p{Cc}\p{Cf}]*$/u, 'write one line of plain text')
    .nullable()
    .default(null),
};

/** A photo as it is sent; bytes from here on. */
const photo = z
  .string()
  .max(MOST_PHOTO_CHARACTERS, `holds more than ${MOST_PHOTO_BYTES / 1024} kB`)
  .transform((text, context): Uint8Array => {
    const bytes = readBase64(text);
    if (bytes && bytes.length <= MOST_PHOTO_BYTES && photoTypeOf(bytes)) return bytes;
    context.addIssue(`is no JPEG or PNG of up to ${MOST_PHOTO_BYTES / 1024} kB in base64`);
    return z.NEVER;
  })
  .nullable()
  .default(null)
  .describe('A JPEG or PNG of up to 512 kB, in base64');

export const newIdentity = z.strictObject({ ...fields, photo });

export const newIdentities = z.strictObject({
  identities: z
    .array(z.strictObject({ sampleId: sampleCode, ...fields }))
    .min(1)
    .max(MOST_IDENTITIES),
});

const text = z.string().nullable();

export const identity = z.object({
  name: z.string(),
  nationalId: text,
  phone: text,
  address: text,
  photo: text.describe('In base64'),
  photoType: z.enum(['image/jpeg', 'image/png']).nullable(),
  writtenAt: z.iso.datetime(),
});

const relation = z
  .enum(RELATIONS)
  .nullable()
  .describe('To the missing child; null: the person of unknown origin');

export const peopleOfCase = z.object({
  people: z
    .array(
      z.object({
        relation,
        name: text.describe('Null where the collection point sent no identity'),
        phone: text,
        address: text,
      }),
    )
    .describe('Everybody of the case whose sample is kept'),
});
