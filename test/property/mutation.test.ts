import fc from 'fast-check';
import t from 'tap';
import {
  type AlleleLabel,
  KinshipError,
  type Locus,
  type LocusFrequencies,
  makeLocusFrequencies,
  microvariant,
  type MutationMatrix,
  mutationMatrix,
  type MutationParameters,
  type MutationRate,
  reportStationarity,
  stabilisationLimit,
  wholeRepeats,
} from '../../src/kinship/index.ts';

const MODELS = ['equal', 'proportional', 'onestep', 'stepwise', 'stepwise-extended'] as const;
type ModelName = (typeof MODELS)[number];
type Input = { table: LocusFrequencies; model: ModelName; rate: MutationRate };

const LABELS = Array.from({ length: 24 }, (_, place) =>
  place % 4 === 3 ? `${8 + Math.floor(place / 4)}.3` : String(8 + (place % 18)),
);

const tables = fc
  .record({
    alleles: fc.uniqueArray(fc.constantFrom(...new Set(LABELS)), { minLength: 1, maxLength: 12 }),
    // Weights from 1 to 1,000,000: rare alleles are where models break.
    weights: fc.array(fc.double({ min: 0, max: 6, noNaN: true }), { minLength: 12, maxLength: 12 }),
  })
  .map(({ alleles, weights }) => {
    const drawn = alleles.map((_, place) => 10 ** weights[place]!);
    const sum = drawn.reduce((total, weight) => total + weight, 0);
    const entries = alleles.map(
      (allele, place) => [allele as AlleleLabel, drawn[place]! / sum] as const,
    );
    return makeLocusFrequencies('D3S1358' as Locus, entries, 200);
  });

const rates = fc.record({
  rate: fc.oneof(fc.constantFrom(0, 1e-12, 0.002, 0.5), fc.double({ min: 1e-12, max: 0.5, noNaN: true })), // prettier-ignore
  rate2: fc.constantFrom(0, 1e-6, 0.003, 0.5),
  range: fc.double({ min: 0.01, max: 0.99, noNaN: true }),
});

const inputs = fc.record({ table: tables, model: fc.constantFrom(...MODELS), rate: rates });

t.test('rows sum to 1 and every entry is a probability, stabilised or not', (t) => {
  const made = { none: 0, PM: 0 };
  holds(2000, inputs, (input) =>
    (['none', 'PM'] as const).every((stabilisation) => {
      const matrix = tryMatrix(input, stabilisation);
      if (!matrix) return true;
      made[stabilisation]++;
      return rowsOf(matrix).every(
        (row) =>
          row.every((entry) => entry >= 0 && entry <= 1) &&
          Math.abs(row.reduce((sum, entry) => sum + entry, 0) - 1) < 1e-12,
      );
    }),
  );
  t.ok(made.none > 1000 && made.PM > 300, `${made.none} matrices, ${made.PM} stabilised`);
  t.end();
});

t.test('as the rates go to 0, nothing mutates', (t) => {
  let compared = 0;
  holds(500, inputs, (input) =>
    [0, 1e-12].every((rate) => {
      const matrix = tryMatrix({ ...input, rate: { ...input.rate, rate, rate2: rate } }, 'none')!;
      compared++;
      // The rarest allele may mutate far more often than the mean of the proportional model.
      const most = rate * 1e8;
      return rowsOf(matrix).every((row, from) => row[from]! >= 1 - most);
    }),
  );
  t.equal(compared, 1000);
  t.end();
});

t.test('PM keeps the frequencies and the mean rate, and the proportions in each row', (t) => {
  let [compared, moved] = [0, 0];
  holds(2000, inputs, (input) => {
    const [plain, stabilised] = [tryMatrix(input, 'none'), tryMatrix(input, 'PM')];
    if (!plain || !stabilised) return true;
    compared++;
    if (!reportStationarity(parametersOf(input, 'none'), input.table).male.isStationary) moved++;
    const { isStationary, largestDifference } = reportStationarity(parametersOf(input, 'PM'), input.table).male; // prettier-ignore
    const [before, after] = [meanRate(plain, input.table), meanRate(stabilised, input.table)];
    return (
      isStationary &&
      largestDifference < 1e-14 &&
      Math.abs(after - before) <= 1e-12 * before &&
      isRowWiseProportional(plain, stabilised)
    );
  });
  t.ok(compared > 300 && moved > 150, `${compared} stabilised, ${moved} that were not stationary`);
  t.end();
});

t.test('a stabilised matrix exists up to the limit that is named, and not beyond', (t) => {
  let [below, beyond] = [0, 0];
  holds(2000, inputs, (input) => {
    const plain = tryMatrix(input, 'none');
    if (!plain || !isStabilisable(plain, input.table)) return true;
    const limit = stabilisationLimit(plain, input.table);
    if (Math.abs(limit - 1) < 1e-9) return true;
    const exists = tryMatrix(input, 'PM') !== undefined;
    if (limit > 1) below++;
    else beyond++;
    return exists === limit > 1;
  });
  t.ok(below > 300 && beyond > 100, `${below} within the limit, ${beyond} beyond`);
  t.end();
});

t.test('proportional is stationary, reversible, and its rate is the mean', (t) => {
  let compared = 0;
  holds(1000, inputs, (drawn) => {
    const input: Input = { ...drawn, model: 'proportional' };
    const { table, rate } = input;
    const matrix = tryMatrix(input, 'none');
    if (!matrix || table.alleles.length === 1) return true;
    compared++;
    const p = table.frequencies;
    const rows = rowsOf(matrix);
    const isReversible = rows.every((row, i) =>
      row.every((entry, j) => isAlike(p[i]! * entry, p[j]! * rows[j]![i]!)),
    );
    const { isStationary } = reportStationarity(parametersOf(input, 'none'), table).male;
    // Σ p(1−p) loses digits where one allele has nearly all of p.
    const isMean = Math.abs(meanRate(matrix, table) - rate.rate) <= 1e-9 * rate.rate;
    return isReversible && isStationary && isMean;
  });
  t.ok(compared > 400, `${compared} matrices`);
  t.end();
});

t.test('onestep only moves one step, and only within a microgroup', (t) => {
  const seen = { steps: 0, alone: 0 };
  holds(1000, inputs, ({ table, rate }) => {
    const matrix = tryMatrix({ table, model: 'onestep', rate }, 'none')!;
    return rowsOf(matrix).every((row, from) => {
      const leaving = row.reduce((sum, entry, to) => (to === from ? sum : sum + entry), 0);
      seen[leaving > 0 ? 'steps' : 'alone']++;
      const [here, ...neighbours] = [from, ...row.flatMap((entry, to) => (to !== from && entry > 0 ? [to] : []))].map((at) => table.alleles[at]!); // prettier-ignore
      return (
        isAlike(leaving, neighbours.length > 0 ? rate.rate : 0) &&
        neighbours.every(
          (there) =>
            microvariant(there) === microvariant(here!) &&
            Math.abs(wholeRepeats(there) - wholeRepeats(here!)) === 1,
        )
      );
    });
  });
  t.ok(seen.steps > 500 && seen.alone > 200, `${seen.steps} alleles with neighbours, ${seen.alone} without`); // prettier-ignore
  t.end();
});

function parametersOf({ model, rate }: Input, stabilisation: 'none' | 'PM'): MutationParameters {
  return { model, male: rate, female: rate, stabilisation };
}

/** The matrix, or undefined where the parameters are refused: too high a rate, or no stabilised one. */
function tryMatrix(input: Input, stabilisation: 'none' | 'PM'): MutationMatrix | undefined {
  try {
    return mutationMatrix(parametersOf(input, stabilisation), 'male', input.table);
  } catch (error) {
    if (error instanceof KinshipError) return undefined;
    throw error;
  }
}

function isStabilisable(matrix: MutationMatrix, table: LocusFrequencies): boolean {
  try {
    return stabilisationLimit(matrix, table) > 0;
  } catch (error) {
    if (error instanceof KinshipError) return false;
    throw error;
  }
}

function rowsOf({ size, values }: MutationMatrix): number[][] {
  return Array.from({ length: size }, (_, row) => [...values.slice(row * size, (row + 1) * size)]);
}

function meanRate(matrix: MutationMatrix, { frequencies }: LocusFrequencies): number {
  return rowsOf(matrix).reduce(
    (sum, row, from) =>
      sum +
      frequencies[from]! * row.reduce((all, entry, to) => (to === from ? all : all + entry), 0),
    0,
  );
}

function isRowWiseProportional(a: MutationMatrix, b: MutationMatrix): boolean {
  const others = rowsOf(b);
  return rowsOf(a).every((row, from) => {
    const leaving = (one: number[]): number =>
      one.reduce((sum, entry, to) => (to === from ? sum : sum + entry), 0);
    const scale = leaving(row) === 0 ? 0 : leaving(others[from]!) / leaving(row);
    return row.every((entry, to) => to === from || isAlike(entry * scale, others[from]![to]!));
  });
}

function isAlike(a: number, b: number): boolean {
  return Math.abs(a - b) <= 1e-12 * Math.max(Math.abs(a), Math.abs(b));
}

function holds<One>(
  numRuns: number,
  arbitrary: fc.Arbitrary<One>,
  property: (input: One) => boolean,
): void {
  fc.assert(fc.property(arbitrary, property), { numRuns });
}
