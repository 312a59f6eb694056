import type { LocusModel } from './locus-model.ts';
import { indexIn } from './pass-on.ts';
import type { AllelePair } from './profile.ts';

/**
 * Probabilities of two alleles together, as seen genotypes ask for them: row-major, one row for each
 * visible value of the first allele, one column for each of the second. The last row and column are
 * what may hide beside a lone allele: silent alleles weighted with 1−d, visible ones with d(1−d).
 * Docs: docs/math/relatives.md.
 */
export type AlleleJoint = { readonly size: number; readonly values: Float64Array };

/** What is seen of one person, as places in an {@link AlleleJoint}. */
export type SeenGenotype = {
  readonly first: number;
  /** Of a lone allele: the place of what may hide beside it. */
  readonly second: number;
  /** What the hidden place counts of the lone allele itself, and must not; 0 for two alleles. */
  readonly excess: number;
  /** P(seen | both true alleles are the first), P(seen | one is each, in one order). */
  readonly alike: number;
  readonly either: number;
};

/** A joint of all alleles of a model as seen genotypes ask for it: all alleles, row-major. */
export function viewAlleles(
  { table, alleles, dropOut }: LocusModel,
  joint: Float64Array,
): AlleleJoint {
  const all = alleles.frequencies.length;
  const visible = table.alleles.length;
  const size = visible + 1;
  const values = new Float64Array(size * size);
  const hiding = (allele: number): number => (allele < visible ? dropOut : 1) * (1 - dropOut);
  for (let one = 0; one < all; one++) {
    for (let other = 0; other < all; other++) {
      const probability = joint[one * all + other]!;
      if (one < visible && other < visible) values[one * size + other] = probability;
      if (one < visible) values[one * size + visible]! += probability * hiding(other);
      if (other < visible) values[visible * size + other]! += probability * hiding(one);
      values[visible * size + visible]! += probability * hiding(one) * hiding(other);
    }
  }
  return { size, values };
}

/** @throws RangeError for an allele that the model was made without */
export function seeGenotype(model: LocusModel, [a, b]: AllelePair): SeenGenotype {
  const { dropOut } = model;
  const first = indexIn(model, a);
  if (a !== b) {
    return { first, second: indexIn(model, b), excess: 0, alike: 0, either: (1 - dropOut) ** 2 };
  }
  const excess = dropOut * (1 - dropOut);
  return { first, second: model.table.alleles.length, excess, alike: 1 - dropOut ** 2, either: 1 };
}

/** P(a genotype is seen of one person), where the joint is of that person's own two alleles. */
export function seenProbability(
  { size, values }: AlleleJoint,
  { first, second, excess, alike, either }: SeenGenotype,
): number {
  const both = values[first * size + first]!;
  const [forth, back] = [values[first * size + second]!, values[second * size + first]!];
  return alike * both + either * Math.max(0, forth + back - 2 * excess * both);
}

/**
 * P(two genotypes are seen), where each person's two alleles come independently of each other: one
 * of each person jointly from `one`, the others jointly from `other`. Rows are the first person's.
 */
export function jointProbability(
  one: AlleleJoint,
  other: AlleleJoint,
  a: SeenGenotype,
  b: SeenGenotype,
): number {
  const [one11, one12, one21, one22] = viewJoint(one, a, b);
  const [other11, other12, other21, other22] = viewJoint(other, a, b);
  return (
    a.alike * b.alike * one11 * other11 +
    a.alike * b.either * (one11 * other12 + one12 * other11) +
    a.either * b.alike * (one11 * other21 + one21 * other11) +
    a.either * b.either * (one11 * other22 + one12 * other21 + one21 * other12 + one22 * other11)
  );
}

/** What two genotypes ask of a joint: first and first, first and second, second and first, seconds. */
function viewJoint(
  { size, values }: AlleleJoint,
  a: SeenGenotype,
  b: SeenGenotype,
): [number, number, number, number] {
  const firsts = values[a.first * size + b.first]!;
  const forth = values[a.first * size + b.second]!;
  const back = values[a.second * size + b.first]!;
  const seconds = values[a.second * size + b.second]!;
  // The lone allele itself does not hide beside it; rounding must not make that less than nothing.
  return [
    firsts,
    Math.max(0, forth - b.excess * firsts),
    Math.max(0, back - a.excess * firsts),
    Math.max(0, seconds - a.excess * forth - b.excess * (back - a.excess * firsts)),
  ];
}
