import type { Slot } from './genotype-store.ts';

/**
 * The slots worth scoring among the first `size`. This screen lets everybody pass, so it can lose
 * nobody; the scores do the work. One that counts inconsistencies may take its place as long as
 * no pair at or above the threshold stays behind.
 */
export function* screenAll(size: number): Generator<Slot> {
  for (let slot = 0; slot < size; slot++) yield slot as Slot;
}
