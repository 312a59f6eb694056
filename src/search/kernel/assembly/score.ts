import {
  BOTH_FIRST,
  CODES,
  columnOf,
  CROSSWISE,
  ENTRIES,
  ENTRY_SIZE,
  LEAST_RATIO,
  LEAST_SCORE,
  LOCI,
  MOTHER_TABLE,
  REST,
  TABLE,
  ZEROS,
} from './layout';
import { listWord } from './vector';

/** For each locus: codes, table, and the most that the loci after it can add. */
const STEP: usize = 12;
const AT_ONCE: usize = 4;
/** In the scratch memory, behind the loci: people with their scores so far. */
const RANKING: usize = 4096;
const RANK: usize = 8;
/** For each locus: codes and terms of father and mother, then two coefficients. */
const COUPLE_STEP: usize = 32;
/** Below this a locus counts as much, so that no product of 72 leaves the range of numbers. */
const LEAST: f64 = 1.0 / 16384.0;

/** Lists everybody in a block. */
export function listAll(block: usize, bytes: usize, out: usize): u32 {
  let written = out;
  for (let at: usize = 0; at < bytes; at += 8) {
    written = listWord(load<u64>(block + at), at << 3, written);
  }
  return <u32>((written - out) >> 1);
}

/**
 * Of the people listed those whose scores, one 16-bit number of a table for their genotype at each
 * locus, come to the query's least score.
 * @param out may be the list itself
 */
export function scoreShared(
  block: usize,
  query: usize,
  scratch: usize,
  list: usize,
  count: u32,
  out: usize,
): u32 {
  const end = gatherTables(block, query, scratch);
  const least = load<i32>(query + LEAST_SCORE);
  const ranking = scratch + RANKING;
  let rankingEnd = ranking;
  const listEnd = list + (<usize>count << 1);
  for (let at = list; at < listEnd; at += 2) {
    store<u32>(rankingEnd, <u32>load<u16>(at));
    store<i32>(rankingEnd, 0, 4);
    rankingEnd += RANK;
  }
  for (let loci = scratch; loci < end && rankingEnd > ranking; loci += AT_ONCE * STEP) {
    rankingEnd = scoreSome(loci, ranking, rankingEnd, least);
  }
  let written = out;
  for (let at = ranking; at < rankingEnd; at += RANK) {
    if (load<i32>(at, 4) < least) continue;
    store<u16>(written, <u16>load<u32>(at));
    written += 2;
  }
  return <u32>((written - out) >> 1);
}

/**
 * Adds the scores of some loci, and drops who can no longer come to the least score: without a branch,
 * which would be guessed wrong for everybody who is dropped.
 * @returns where the ranking ends now
 */
// @ts-ignore: decorator
@inline
function scoreSome(loci: usize, ranking: usize, rankingEnd: usize, least: i32): usize {
  const needed = least - load<i32>(loci + (AT_ONCE - 1) * STEP, 8);
  let written = ranking;
  for (let at = ranking; at < rankingEnd; at += RANK) {
    const person = <usize>load<u32>(at);
    let score = load<i32>(at, 4);
    score += scoreAt(loci, person);
    score += scoreAt(loci + STEP, person);
    score += scoreAt(loci + 2 * STEP, person);
    score += scoreAt(loci + 3 * STEP, person);
    store<u32>(written, <u32>person);
    store<i32>(written, score, 4);
    written += <usize>(score >= needed) * RANK;
  }
  return written;
}

// @ts-ignore: decorator
@inline
function scoreAt(locus: usize, person: usize): i32 {
  const code = <usize>load<u16>(<usize>load<u32>(locus) + (person << 1));
  return load<i16>(<usize>load<u32>(locus, 4) + (code << 1));
}

/**
 * Of the couples listed those whose likelihood ratio comes to the query's least. At a locus it is
 * p·F₁M₁ + q·(F₁M₂ + F₂M₁), with F and M the terms of the genotypes of father and mother.
 */
export function scoreCouples(
  fathers: usize,
  mothers: usize,
  query: usize,
  scratch: usize,
  list: usize,
  count: u32,
  out: usize,
): u32 {
  const end = gatherTerms(fathers, mothers, query, scratch);
  const least = load<f64>(query + LEAST_RATIO);
  const listEnd = list + (<usize>count << 1);
  let written = out;
  for (let at = list; at < listEnd; at += 2) {
    const place = <usize>load<u16>(at);
    let ratio: f64 = 1;
    for (let locus = scratch; locus < end && ratio > 0; locus += COUPLE_STEP) {
      const father = <usize>load<u16>(<usize>load<u32>(locus) + (place << 1));
      const mother = <usize>load<u16>(<usize>load<u32>(locus, 4) + (place << 1));
      if ((father | mother) == 0) continue;
      const f = <usize>load<u32>(locus, 8) + (father << 3);
      const m = <usize>load<u32>(locus, 12) + (mother << 3);
      const f1 = <f64>load<f32>(f);
      const f2 = <f64>load<f32>(f, 4);
      const m1 = <f64>load<f32>(m);
      const m2 = <f64>load<f32>(m, 4);
      const here = load<f64>(locus, 16) * f1 * m1 + load<f64>(locus, 24) * (f1 * m2 + f2 * m1);
      ratio = here == 0 ? 0 : ratio * (here < LEAST ? LEAST : here);
    }
    if (ratio < least) continue;
    store<u16>(written, <u16>place);
    written += 2;
  }
  return <u32>((written - out) >> 1);
}

/** Loci in fours, the last filled up with a locus at which nobody is typed. */
function gatherTables(block: usize, query: usize, scratch: usize): usize {
  let end = scratch;
  let entry = query + ENTRIES;
  for (let left = load<u32>(query + LOCI); left > 0; left--) {
    const column = columnOf(block, entry);
    if (column != 0) {
      store<u32>(end, <u32>(column + CODES));
      store<u32>(end, load<u32>(entry + TABLE), 4);
      store<i32>(end, load<i32>(entry + REST), 8);
      end += STEP;
    }
    entry += ENTRY_SIZE;
  }
  while ((end - scratch) % (AT_ONCE * STEP) != 0) {
    store<u32>(end, <u32>ZEROS);
    store<u32>(end, <u32>ZEROS, 4);
    store<i32>(end, 0, 8);
    end += STEP;
  }
  return end;
}

function gatherTerms(fathers: usize, mothers: usize, query: usize, scratch: usize): usize {
  let end = scratch;
  let entry = query + ENTRIES;
  for (let left = load<u32>(query + LOCI); left > 0; left--) {
    const father = columnOf(fathers, entry);
    const mother = columnOf(mothers, entry);
    if ((father | mother) != 0) {
      store<u32>(end, <u32>(father == 0 ? ZEROS : father + CODES));
      store<u32>(end, <u32>(mother == 0 ? ZEROS : mother + CODES), 4);
      store<u32>(end, load<u32>(entry + TABLE), 8);
      store<u32>(end, load<u32>(entry + MOTHER_TABLE), 12);
      store<f64>(end, load<f64>(entry + BOTH_FIRST), 16);
      store<f64>(end, load<f64>(entry + CROSSWISE), 24);
      end += COUPLE_STEP;
    }
    entry += ENTRY_SIZE;
  }
  return end;
}
