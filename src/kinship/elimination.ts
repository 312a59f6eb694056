import { KinshipError } from './error.ts';
import { type Factor, productSize, sumOut, type VariableId } from './factor.ts';

/** The largest table that is made: 2^24 numbers, 128 MiB. */
const MOST_ENTRIES = 2 ** 24;

/**
 * The sum of the product of all factors over all values of all variables. Variables are summed
 * out one by one, each time the one whose table is smallest, so that a pedigree is peeled from
 * its edges and a loop costs one larger table (Lauritzen & Sheehan 2003, Statistical Science 18).
 * @throws KinshipError PEDIGREE_TOO_COMPLEX when a table would not fit
 */
export function sumOfAll(factors: readonly Factor[]): number {
  let left = [...factors];
  for (;;) {
    const variable = cheapestVariable(left);
    if (variable === undefined) break;
    const touched = left.filter(({ variables }) => variables.includes(variable));
    if (productSize(touched) > MOST_ENTRIES) {
      throw new KinshipError(
        'PEDIGREE_TOO_COMPLEX',
        'too many untyped people are tangled in this pedigree; leave out those who say nothing, or type more',
      );
    }
    const rest = left.filter((factor) => !touched.includes(factor));
    left = [...rest, sumOut(touched, variable)];
  }
  return left.reduce((product, { values }) => product * values[0]!, 1);
}

function cheapestVariable(factors: readonly Factor[]): VariableId | undefined {
  const touching = new Map<VariableId, Factor[]>();
  for (const factor of factors) {
    for (const variable of factor.variables) {
      const known = touching.get(variable);
      if (known) known.push(factor);
      else touching.set(variable, [factor]);
    }
  }
  let best: VariableId | undefined;
  let least = Infinity;
  for (const [variable, touched] of touching) {
    const size = productSize(touched);
    if (size < least) [best, least] = [variable, size];
  }
  return best;
}
