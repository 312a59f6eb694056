import { BLOCK_BYTES, COLUMN_BYTES, DIRECTORY, LIMIT, UNSCREENED, WEIGHED } from './layout';
import { listAll, scoreCouples, scoreShared } from './score';
import { screenCouples, screenShared } from './screen';
import { screenWeighed } from './weigh';

/** The most that one query can find in a block. */
const BLOCK_SIZE: u32 = 4096;

/** Queries that make up for reading a whole block, and bytes that the cache reads at once. */
const WORTH_FETCHING: u32 = 32;
const LINE: usize = 64;

/**
 * Screens and scores a block for one query after another, while it is in the cache. Finds are 32-bit
 * numbers, 4096 × the place of the query + the place in the block; the first number of `out` says
 * which query comes next, because it stops when there may be no room for another.
 * @param queries 32-bit addresses; 0: nothing to look for
 * @returns how many finds stand after that number
 */
export function scanShared(
  block: usize,
  bytes: usize,
  queries: usize,
  first: u32,
  count: u32,
  scratch: usize,
  list: usize,
  out: usize,
  room: u32,
): u32 {
  if (count - first >= WORTH_FETCHING) fetch(block, scratch);
  let found: u32 = 0;
  let place = first;
  for (; place < count && found + BLOCK_SIZE < room; place++) {
    const query = <usize>load<u32>(queries + (<usize>place << 2));
    if (query == 0) continue;
    let passed =
      (load<u32>(query + LIMIT) & WEIGHED) == 0
        ? screenShared(block, bytes, query, scratch, list)
        : screenWeighed(block, bytes, query, scratch, list);
    if (passed == 0) continue;
    passed = scoreShared(block, query, scratch, list, passed, list);
    found = keep(list, passed, place, out, found);
  }
  store<u32>(out, place);
  return found;
}

/** The same for couples. */
export function scanCouples(
  fathers: usize,
  mothers: usize,
  bytes: usize,
  queries: usize,
  first: u32,
  count: u32,
  scratch: usize,
  list: usize,
  out: usize,
  room: u32,
): u32 {
  let found: u32 = 0;
  let place = first;
  for (; place < count && found + BLOCK_SIZE < room; place++) {
    const query = <usize>load<u32>(queries + (<usize>place << 2));
    if (query == 0) continue;
    let passed =
      (load<u32>(query + LIMIT) & UNSCREENED) == 0
        ? screenCouples(fathers, mothers, bytes, query, scratch, list)
        : listAll(fathers, bytes, list);
    if (passed == 0) continue;
    passed = scoreCouples(fathers, mothers, query, scratch, list, passed, list);
    found = keep(list, passed, place, out, found);
  }
  store<u32>(out, place);
  return found;
}

/**
 * Reads a block from end to end, so that it is in the cache before its people are looked at here and
 * there: memory gives a row of lines in the time of a few single ones.
 */
function fetch(block: usize, scratch: usize): void {
  let read: u32 = 0;
  for (let entry = block + DIRECTORY; entry < block + BLOCK_BYTES; entry += 4) {
    const column = <usize>load<u32>(entry);
    if (column == 0) continue;
    for (let at: usize = 0; at < COLUMN_BYTES; at += LINE) read += load<u32>(column + at);
  }
  // What nobody needs would not be read.
  store<u32>(scratch, read);
}

function keep(list: usize, count: u32, query: u32, out: usize, found: u32): u32 {
  for (let i: u32 = 0; i < count; i++) {
    const place = <u32>load<u16>(list + (<usize>i << 1));
    store<u32>(out + 4 + (<usize>(found + i) << 2), query * BLOCK_SIZE + place);
  }
  return found + count;
}
