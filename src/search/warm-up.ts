import {
  type ChanceModel,
  drawIndex,
  type LocusModels,
  makeGenotype,
  type Profile,
  type Random,
  seededRandom,
} from '../kinship/index.ts';
import { judge } from './judge.ts';
import type { Scanner } from './scan.ts';
import type { IndexSnapshot } from './search-index.ts';

const SEED = 20_260_102;
/** So many people show most genotypes that are common. */
const PEOPLE = 40;

/**
 * Does for people who are made up what a thread does for real ones, and drops what comes of it: the
 * tables of common genotypes are made then, the distributions that chances are read from, and the
 * machine code.
 */
export function warmUp(
  scanner: Scanner,
  index: IndexSnapshot,
  models: LocusModels,
  chance: ChanceModel | null,
  threshold: number,
): void {
  const random = seededRandom(SEED);
  const people = Array.from({ length: PEOPLE }, () => drawPerson(models, random));
  scanner.scanFamilies(withoutKin(index), people, threshold);
  for (const profile of people) {
    scanner.scanUnknowns(index, [[{ relation: 'father', profile }]], threshold);
    judge(models, profile, [{ relation: 'father', profile }], threshold);
  }
  for (const parents of ['father', 'mother', 'both'] as const) {
    chance?.tailProbability(new Map(models.loci.map((locus) => [locus, parents])), 0);
  }
}

/** Families of several relatives take far longer, one by one: that is left to whoever needs them. */
function withoutKin(index: IndexSnapshot): IndexSnapshot {
  return { ...index, shards: index.shards.map((shard) => ({ ...shard, kin: [] })) };
}

function drawPerson(models: LocusModels, random: Random): Profile {
  return new Map(
    models.loci.map((locus) => {
      const { alleles, frequencies } = models.for(locus, [])!.table;
      const draw = () => alleles[drawIndex(random, frequencies)]!;
      return [locus, makeGenotype([draw(), draw()])];
    }),
  );
}
