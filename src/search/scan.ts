import type { LocusModels, Profile } from '../kinship/index.ts';
import { makeChildQuery, scoreFamily } from './child-query.ts';
import { type FamilyProfiles, makeFamilyQuery, scoreUnknown } from './family-query.ts';
import type { Slot } from './genotype-store.ts';
import { screenAll } from './screen.ts';
import type { IndexSnapshot } from './search-index.ts';

/** Scores are products of doubles: a pair this near below the threshold is left to the judge. */
const MARGIN = 1e-9;

/** The families that may reach the threshold with this child: none is missed, the judge decides. */
export function scanFamilies(
  models: LocusModels,
  index: IndexSnapshot,
  child: Profile,
  threshold: number,
): Slot[] {
  const query = makeChildQuery(models, index.labels, child);
  return survivors(index.families.size, threshold, (family) => scoreFamily(query, index, family));
}

/** The people of unknown origin who may reach the threshold with this family. */
export function scanUnknowns(
  models: LocusModels,
  index: IndexSnapshot,
  family: FamilyProfiles,
  threshold: number,
): Slot[] {
  const query = makeFamilyQuery(models, index.labels, family);
  return survivors(index.unknowns.size, threshold, (child) => scoreUnknown(query, index, child));
}

function survivors(size: number, threshold: number, score: (slot: Slot) => number): Slot[] {
  const least = threshold * (1 - MARGIN);
  const slots: Slot[] = [];
  for (const slot of screenAll(size)) {
    // Written so that NaN, a score left open, survives.
    if (!(score(slot) < least)) slots.push(slot);
  }
  return slots;
}
