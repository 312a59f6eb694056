import { type AlleleModel, NEVER_SHOWN } from './allele-model.ts';
import { KinshipError } from './error.ts';

/** What was seen of one person at one locus; alleles are places in the frequency table. */
export type Observation = {
  /**
   * `two`: the pair of alleles (a homozygote's twice); `one-of-two`: one allele is known and the
   * other is not.
   */
  readonly seen: 'two' | 'one-of-two';
  readonly alleles: readonly [number, number];
  /** Probability that an allele of a heterozygote is not seen; 0 for a good sample. */
  readonly dropOut: number;
  /** The silent classes of the model that this person's kit shows all the same. Default none. */
  readonly showsClasses?: readonly number[] | undefined;
};

/**
 * @param ofWhom ends the message, such as « of sample 12»
 * @throws KinshipError PARAMETER_INVALID unless the drop-out is at least 0 and below 1
 */
export function checkDropOut(dropOut: number, ofWhom = ''): void {
  if (dropOut >= 0 && dropOut < 1) return;
  throw new KinshipError(
    'PARAMETER_INVALID',
    `the drop-out ${dropOut}${ofWhom} must be at least 0 and below 1`,
  );
}

/** By allele of the model: what it looks like to the kit, −1 where it does not show. */
export function looksTo(model: AlleleModel, { showsClasses = [] }: Observation): Int32Array {
  const isPlain = showsClasses.length === 0 && !model.silentClass.includes(1);
  if (isPlain) return model.looks;
  return model.looks.map((look, allele) => {
    const silentClass = model.silentClass[allele]!;
    return silentClass === 0 || showsClasses.includes(silentClass) ? look : NEVER_SHOWN;
  });
}

/**
 * P(what was seen | what the two true alleles look like). With drop-out d each allele of a
 * heterozygote drops independently with probability d, and both copies of a homozygote with d²; a
 * silent allele is never seen, so that one allele alone may be a homozygote, a heterozygote with a
 * silent allele, or one whose other allele dropped (Dørum et al. 2017, doi:10.1007/s00414-016-1526-x, as in relMix).
 */
export function observationProbability(
  { seen, alleles: [a, b], dropOut }: Observation,
  first: number,
  second: number,
): number {
  if (seen === 'one-of-two') return first === a || second === a ? 1 : 0;
  if (a !== b) {
    const fits = (first === a && second === b) || (first === b && second === a);
    return fits ? (1 - dropOut) ** 2 : 0;
  }
  if (first !== a && second !== a) return 0;
  if (first === second) return 1 - dropOut ** 2;
  const other = first === a ? second : first;
  return other === NEVER_SHOWN ? 1 - dropOut : dropOut * (1 - dropOut);
}

/** The alleles that the person may carry, in ascending order. */
export function possibleAlleles(
  { seen, alleles: [a, b], dropOut }: Observation,
  looks: Int32Array,
): number[] {
  const anything = seen === 'one-of-two' || (a === b && dropOut > 0);
  const possible: number[] = [];
  for (let allele = 0; allele < looks.length; allele++) {
    const look = looks[allele]!;
    const hides = look === NEVER_SHOWN && a === b;
    if (anything || hides || look === a || look === b) possible.push(allele);
  }
  return possible;
}
