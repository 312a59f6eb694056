import t from 'tap';
import { drawIndex, type Random, seededRandom } from '../../src/kinship/index.ts';

/** sfc32 once more, in the arithmetic of 32-bit registers. */
function sfc32(seed: number): Random {
  const state = Uint32Array.of(0, seed, 0x9e3779b9, 1);
  const sum = Uint32Array.of(0);
  const next = (): number => {
    const [a, b, c, counter] = state as unknown as [number, number, number, number];
    sum[0] = a + b + counter;
    state.set([b ^ (b >>> 9), c + (c << 3), ((c << 21) | (c >>> 11)) + sum[0], counter + 1]);
    return sum[0] / 2 ** 32;
  };
  for (let warmUp = 0; warmUp < 16; warmUp++) next();
  return next;
}

const take = (random: Random, count: number): number[] =>
  Array.from({ length: count }, () => random());

t.test('the generator is sfc32', (t) => {
  for (const seed of [0, 1, 20_260_101, 0xffffffff]) {
    t.same(take(seededRandom(seed), 1000), take(sfc32(seed), 1000), `seed ${seed}`);
  }
  t.end();
});

t.test('the same seed gives the same numbers, another seed others', (t) => {
  t.same(take(seededRandom(7), 100), take(seededRandom(7), 100));
  const [seven, eight] = [take(seededRandom(7), 100), take(seededRandom(8), 100)];
  t.equal(seven.filter((number) => eight.includes(number)).length, 0);
  t.end();
});

t.test('the numbers are uniform in [0, 1)', (t) => {
  const [draws, cells] = [200_000, 20];
  const counts = new Float64Array(cells);
  for (const number of take(seededRandom(3), draws)) {
    if (!(number >= 0 && number < 1)) t.fail(`${number}`);
    counts[Math.floor(number * cells)]!++;
  }
  const expected = draws / cells;
  const chiSquare = counts.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
  t.ok(
    chiSquare < 43.8,
    `χ² of ${chiSquare} with 19 degrees of freedom is below its 0.999 quantile`,
  );
  t.end();
});

t.test('an index is drawn in proportion to its weight', (t) => {
  const weights = Float64Array.of(0.5, 0.2, 0, 0.3);
  const counts = [0, 0, 0, 0];
  const random = seededRandom(5);
  for (let draw = 0; draw < 100_000; draw++) counts[drawIndex(random, weights)]!++;
  t.equal(counts[2], 0, 'weight 0 is never drawn');
  for (const index of [0, 1, 3]) {
    const expected = 100_000 * weights[index]!;
    t.ok(
      Math.abs(counts[index]! - expected) < 4 * Math.sqrt(expected),
      `${index}: ${counts[index]}`,
    );
  }
  t.end();
});

t.test('an index is drawn within a row of a matrix', (t) => {
  const values = Float64Array.of(1, 0, 0, 0.25, 0.5, 0.25);
  const at = (number: number): number => drawIndex(() => number, values, 3, 3);
  t.same([0, 0.24, 0.25, 0.74, 0.75, 0.999].map(at), [0, 0, 1, 1, 2, 2]);
  t.equal(
    drawIndex(() => 0.999, values, 0, 3),
    0,
  );
  t.end();
});

t.test('weights that fall short of 1 by rounding still give an index', (t) => {
  t.equal(
    drawIndex(() => 0.9999, Float64Array.of(0.3, 0.3, 0.3999)),
    2,
  );
  t.end();
});
