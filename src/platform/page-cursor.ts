import { z } from 'zod';
import { HomewardError } from './errors.ts';

/** Where a page of a list that is ranked by LR ends. */
export type RankedPlace = { readonly log10Lr: number; readonly id: string };

export function writeCursor({ log10Lr, id }: RankedPlace): string {
  return Buffer.from(JSON.stringify([log10Lr, id])).toString('base64url');
}

const content = z
  .string()
  .transform((text, context): unknown => {
    try {
      return JSON.parse(text);
    } catch {
      context.addIssue('not JSON');
      return z.NEVER;
    }
  })
  .pipe(z.tuple([z.number(), z.uuid()]));

/** @throws HomewardError REQUEST_INVALID for what {@link writeCursor} did not write */
export function readCursor(cursor: string | undefined): RankedPlace | null {
  if (cursor === undefined) return null;
  const parsed = content.safeParse(Buffer.from(cursor, 'base64url').toString());
  if (parsed.success) return { log10Lr: parsed.data[0], id: parsed.data[1] };
  throw new HomewardError('REQUEST_INVALID', 'The cursor is not one that this service gave.', [
    { field: 'cursor', message: 'use nextCursor of the page before' },
  ]);
}
