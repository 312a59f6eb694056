import { KinshipError } from './error.ts';
import {
  type DomainSizes,
  type Factor,
  multiply,
  productSize,
  sumOut,
  type VariableId,
  variablesOf,
} from './factor.ts';

/** The largest table that is made: 2^24 numbers, 128 MiB. */
export const MOST_ENTRIES = 2 ** 24;

/** So many multiplications are made for one sum before it is given up: about a minute. */
const MOST_WORK = 2 ** 34;
/** What one step costs besides, in multiplications. */
const STEP_WORK = 2 ** 10;

/** What is left of the work that a sum may cost, over all its parts. */
export type WorkLeft = { multiplications: number };

export function fullWork(): WorkLeft {
  return { multiplications: MOST_WORK };
}

/** A product of factors with all but some variables summed out: table · 2^exponent. */
export type Sum = { readonly table: Factor; readonly exponent: number };

/**
 * The sum of the product of all factors over all values of all variables but `kept`. Variables are
 * summed out one by one, each time the one whose table is smallest, so that a pedigree is peeled
 * from its edges and a loop costs one larger table (Lauritzen & Sheehan 2003, Statistical
 * Science 18). Tables of very small numbers are scaled by powers of two, which loses no digit.
 * @param work gets less by what the sum costs
 * @returns a table over `kept`, in that order
 * @throws KinshipError PEDIGREE_TOO_COMPLEX when a table would not fit, or no work is left
 */
export function sumOfAll(
  factors: readonly Factor[],
  sizes: DomainSizes,
  kept: readonly VariableId[],
  work: WorkLeft,
): Sum {
  const { factors: left, exponent } = eliminate(factors, sizes, new Set(kept), work);
  const product = left.reduce<Sum>(
    (all, next) => {
      const pair = [all.table, next];
      return rescale(multiply(pair, variablesOf(pair), sizes), all.exponent);
    },
    { table: { variables: [], values: Float64Array.of(1) }, exponent },
  );
  return { table: multiply([product.table], kept, sizes), exponent: product.exponent };
}

/**
 * Sums out every variable but those that stay, smallest table first.
 * @param most variables that need a larger table stay
 * @returns what is left; its product is to be multiplied by 2^exponent
 * @throws KinshipError PEDIGREE_TOO_COMPLEX when a table would not fit, or no work is left
 */
export function eliminate(
  factors: readonly Factor[],
  sizes: DomainSizes,
  stays: ReadonlySet<VariableId>,
  work: WorkLeft,
  most = Infinity,
): { factors: Factor[]; exponent: number } {
  const touching: Factor[][] = [];
  const costs: number[] = [];
  const left = new Set(factors);
  for (const factor of factors) {
    for (const variable of factor.variables) (touching[variable] ??= []).push(factor);
  }
  touching.forEach((touched, variable) => {
    if (!stays.has(variable)) costs[variable] = productSize(touched, sizes);
  });
  let exponent = 0;
  for (;;) {
    const variable = cheapest(costs);
    if (variable === -1 || costs[variable]! > most) return { factors: [...left], exponent };
    work.multiplications -= costs[variable]! + STEP_WORK;
    if (costs[variable]! > MOST_ENTRIES || work.multiplications < 0) throw tooComplex();
    const touched = touching[variable]!;
    const few = multiplyInGroups(touched, sizes, exponent);
    const sum = rescale(sumOut(few.factors, variable, sizes), few.exponent);
    const made = sum.table;
    exponent = sum.exponent;
    costs[variable] = Infinity;
    for (const factor of touched) left.delete(factor);
    left.add(made);
    for (const other of made.variables) {
      touching[other] = [...touching[other]!.filter((factor) => left.has(factor)), made];
      if (!stays.has(other)) costs[other] = productSize(touching[other], sizes);
    }
  }
}

/** So many tables whose largest entries are at least {@link SMALL} multiply to a normal double. */
const MOST_TOGETHER = 8;

/** Multiplies tables until few are left, each product scaled before it is multiplied again. */
function multiplyInGroups(
  factors: readonly Factor[],
  sizes: DomainSizes,
  exponent: number,
): { factors: readonly Factor[]; exponent: number } {
  let [left, power] = [factors, exponent];
  while (left.length > MOST_TOGETHER) {
    const group = left.slice(0, MOST_TOGETHER);
    const { table, exponent: scaled } = rescale(multiply(group, variablesOf(group), sizes), power);
    left = [...left.slice(MOST_TOGETHER), table];
    power = scaled;
  }
  return { factors: left, exponent: power };
}

/** The variable of the least cost, or −1 when all are gone. */
function cheapest(costs: readonly number[]): VariableId {
  let best = -1;
  let least = Infinity;
  for (let variable = 0; variable < costs.length; variable++) {
    const cost = costs[variable];
    if (cost !== undefined && cost < least) {
      best = variable;
      least = cost;
    }
  }
  return best;
}

function tooComplex(): KinshipError {
  return new KinshipError(
    'PEDIGREE_TOO_COMPLEX',
    'too many untyped people are tangled in this pedigree; leave out those who say nothing, type more, or use theta 0',
  );
}

/** Far above the smallest double (2^-1074): products of a dozen tables stay above it. */
const SMALL = 2 ** -64;
/** The largest double is below 2^1024. */
const LEAST_EXPONENT = -1000;

function rescale(table: Factor, exponent: number): Sum {
  let largest = 0;
  for (const value of table.values) if (value > largest) largest = value;
  if (largest === 0 || largest >= SMALL) return { table, exponent };
  const power = Math.max(Math.floor(Math.log2(largest)), LEAST_EXPONENT);
  const values = table.values.map((value) => value * 2 ** -power);
  return { table: { variables: table.variables, values }, exponent: exponent + power };
}
