import { z } from 'zod';
import { HomewardError } from './errors.ts';

/** Where a page of a list that is ranked by LR ends. */
export type RankedPlace = { readonly log10Lr: number; readonly id: string };

export function writeCursor({ log10Lr, id }: RankedPlace): string {
  return write([log10Lr, id]);
}

/** @throws HomewardError REQUEST_INVALID for what {@link writeCursor} did not write */
export function readCursor(cursor: string | undefined): RankedPlace | null {
  if (cursor === undefined) return null;
  const [log10Lr, id] = read(cursor, z.tuple([z.number(), z.uuid()]));
  return { log10Lr, id };
}

/** Of a list by codes, whose page ends with this one. */
export function writeCodeCursor(code: string): string {
  return write([code]);
}

/** @throws HomewardError REQUEST_INVALID for what {@link writeCodeCursor} did not write */
export function readCodeCursor(cursor: string | undefined): string | null {
  if (cursor === undefined) return null;
  // PostgreSQL takes no NUL in a text.
  return read(cursor, z.tuple([z.string().regex(/^[^\0]{1,200}$/u)]))[0];
}

function write(place: readonly unknown[]): string {
  return Buffer.from(JSON.stringify(place)).toString('base64url');
}

const json = z.string().transform((text, context): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    context.addIssue('not JSON');
    return z.NEVER;
  }
});

function read<Place>(cursor: string, place: z.ZodType<Place>): Place {
  const parsed = json.pipe(place).safeParse(Buffer.from(cursor, 'base64url').toString());
  if (parsed.success) return parsed.data;
  throw new HomewardError('REQUEST_INVALID', 'The cursor is not one that this service gave.', [
    { field: 'cursor', message: 'use nextCursor of the page before' },
  ]);
}
