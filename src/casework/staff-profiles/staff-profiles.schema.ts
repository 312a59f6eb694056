import { z } from 'zod';
import { SAMPLE_CODE } from '../../formats/person-row.ts';

export const staffParams = z.object({
  staffCode: z
    .string()
    .regex(SAMPLE_CODE, 'use up to 64 letters, digits and "._/-", a letter or digit first')
    .describe('What the laboratory calls the person; never a name'),
});

export const newStaffProfile = z.strictObject({
  consent: z
    .strictObject({
      version: z
        .string()
        .regex(/^[A-Za-z0-9][\w.-]{0,39}$/, 'use up to 40 letters, digits and "._-"')
        .describe('Of the form that was signed'),
      purpose: z.literal('contamination-check'),
      signedOn: z.iso.date(),
    })
    .describe('What the person has signed, as you declare'),
  genotypes: z
    .record(z.string().max(50), z.array(z.string().max(20)).max(8))
    .describe('Alleles by locus: {"D3S1358": ["15", "16"], "TH01": ["9.3"]}'),
});

export type NewStaffProfile = z.infer<typeof newStaffProfile>;

export const staffProfile = z.object({
  code: z.string(),
  consent: z.object({ version: z.string(), signedOn: z.iso.date() }),
  uploadedBy: z.string(),
  uploadedAt: z.iso.datetime(),
});

export const staffProfileList = z.object({ staffProfiles: z.array(staffProfile) });
