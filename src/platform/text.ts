import { z } from 'zod';

/** A short text that people write: no blanks around it, nothing that a database cannot store. */
export function shortText(most: number) {
  return z
    .string()
    .trim()
    .min(1)
    .max(most)
    .refine((text) => !text.includes('\0') && text === Buffer.from(text).toString(), {
      message: 'has characters that cannot be stored',
    });
}
