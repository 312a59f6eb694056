import { type AlleleIndex, type AlleleLabel } from './allele.ts';
import { alleleIndex } from './frequency-table.ts';
import type { LocusModel } from './locus-model.ts';
import type { ParentRole } from './parent-role.ts';
import type { AllelePair } from './profile.ts';

/** One known parent of the child at one locus. */
export type TypedParent = { readonly role: ParentRole; readonly genotype: AllelePair };

/** Where an untyped parent is typed: nowhere, or at other loci. */
export type OtherParent = 'nowhere' | 'elsewhere';

/**
 * What a parent passes on, as far as one child's observed genotype asks; both numbers at or above 0.
 *
 * With T(v) the probability that v is passed on: for a child seen as c1 and c2, T(c1) and T(c2). For
 * a child seen as c alone, T(c), and what may hide beside a c, each with the probability that c is
 * seen without it: (1−d)·T(silent) + d(1−d)·T(any other allele). See docs/math/parentage.md.
 */
export type PassOn = readonly [first: number, second: number];

/** Of a typed parent. One seen as a alone is a/a, or a with what hides beside it: the mean over these. */
export function passOnTyped(
  model: LocusModel,
  child: AllelePair,
  { role, genotype: [a, b] }: TypedParent,
): PassOn {
  const { matrix, untypedHere } = model.transmission[role];
  const { size, values } = matrix;
  const [one, other] = [indexIn(model, a), indexIn(model, b)];
  const [row1, row2] = [one * size, other * size];
  if (one !== other || (model.dropOut === 0 && model.silentFrequency === 0)) {
    return viewPassOn(model, child, (c) => (values[row1 + c]! + values[row2 + c]!) / 2, 0);
  }
  const { own, anybody, silent } = hiddenShares(model, one);
  const { fromPopulation } = untypedHere;
  return viewPassOn(
    model,
    child,
    (c) => own * values[row1 + c]! + anybody * fromPopulation[c]!,
    silent,
  );
}

/**
 * Of an untyped parent.
 * @param role of the untyped one
 * @param other whether that parent is typed `nowhere`, or `elsewhere`, at other loci only
 */
export function passOnUntyped(
  model: LocusModel,
  child: AllelePair,
  role: ParentRole,
  other: OtherParent,
): PassOn {
  const { untyped, untypedHere } = model.transmission[role];
  const { fromPopulation } = other === 'elsewhere' ? untypedHere : untyped;
  return viewPassOn(model, child, (allele) => fromPopulation[allele]!, model.silentFrequency);
}

/** An allele drawn from the population. */
export function passOnPopulation(model: LocusModel, child: AllelePair): PassOn {
  const { frequencies } = model.alleles;
  return viewPassOn(model, child, (allele) => frequencies[allele]!, model.silentFrequency);
}

/** P(what is seen of the child | what both parents pass on); of a stranger, two from the population. */
export function combinePassOn(
  { dropOut }: Pick<LocusModel, 'dropOut'>,
  [c1, c2]: AllelePair,
  one: PassOn,
  other: PassOn,
): number {
  const either = one[0] * other[1] + one[1] * other[0];
  return c1 === c2 ? (1 - dropOut ** 2) * one[0] * other[0] + either : (1 - dropOut) ** 2 * either;
}

/** What a child's genotype asks of a probability for each allele, given that of the silent one. */
export function viewPassOn(
  model: Pick<LocusModel, 'table' | 'dropOut'>,
  [c1, c2]: AllelePair,
  passed: (allele: AlleleIndex) => number,
  silent: number,
): PassOn {
  const first = passed(indexIn(model, c1));
  if (c1 !== c2) return [first, passed(indexIn(model, c2))];
  const { dropOut } = model;
  const others = Math.max(0, 1 - first - silent);
  return [first, (1 - dropOut) * silent + dropOut * (1 - dropOut) * others];
}

/** @throws RangeError for an allele that the model was made without */
export function indexIn({ table }: Pick<LocusModel, 'table'>, allele: AlleleLabel): AlleleIndex {
  const index = alleleIndex(table, allele);
  if (index === undefined) {
    throw new RangeError(`the model of ${table.locus} was made without allele ${allele}`);
  }
  return index;
}

/**
 * What somebody seen as `allele` alone passes on: with probability `own` what is made of that
 * allele, with `anybody` what is made of one drawn from the population's visible alleles, counted
 * with their frequencies in it, and with `silent` a silent allele. Of a/a, a/silent and a/x with
 * weights p²(1−d²), 2ps(1−d) and 2p·p(x)·d(1−d), all divided by p(1−d); nothing is subtracted, so
 * that no digits are lost.
 */
function hiddenShares(
  { alleles: { frequencies }, silentFrequency, dropOut }: LocusModel,
  allele: AlleleIndex,
): { own: number; anybody: number; silent: number } {
  const frequency = frequencies[allele]!;
  const others = Math.max(0, 1 - frequency - silentFrequency);
  const all = frequency + 2 * silentFrequency + dropOut * (frequency + 2 * others);
  return {
    own: (frequency + silentFrequency + dropOut * others) / all,
    anybody: dropOut / all,
    silent: silentFrequency / all,
  };
}
