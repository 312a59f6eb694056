import { type AlleleIndex, type AlleleLabel } from './allele.ts';
import { alleleIndex } from './frequency-table.ts';
import {
  type LocusModel,
  OTHER_PARENT,
  type ParentRole,
  type Transmission,
} from './locus-model.ts';
import type { AllelePair } from './profile.ts';

/** One known parent of the child at one locus. */
export type TypedParent = { readonly role: ParentRole; readonly genotype: AllelePair };

/** Likelihoods of the child's genotype given the parents' (H1) and as an unrelated person (H2). */
export type ParentageLikelihoods = { readonly numerator: number; readonly denominator: number };

/**
 * Closed form for one child and one or two typed parents at one locus, theta 0: the fast path of
 * the hypotheses «these are the parents» against «all unrelated». The parents' own likelihood
 * stands on both sides and cancels.
 *
 * With T(v) the probability that a parent passes v on (typed: ½(M[f1,v] + M[f2,v]); untyped: from
 * the population), the child c1c2 has T₁(c1)·T₂(c2) + T₁(c2)·T₂(c1) against 2·p(c1)·p(c2), and a
 * homozygote T₁(c)·T₂(c) against p(c)². See docs/math/parentage.md.
 */
export function parentageLikelihoods(
  model: LocusModel,
  child: AllelePair,
  parents: readonly [TypedParent] | readonly [TypedParent, TypedParent],
): ParentageLikelihoods {
  const [first, second] = parents;
  const passedByFirst = typedTransmission(model, first);
  const passedBySecond = second
    ? typedTransmission(model, second)
    : untypedTransmission(model, first.role);
  const [c1, c2] = [indexIn(model, child[0]), indexIn(model, child[1])];
  const p = model.table.frequencies;
  if (c1 === c2) {
    return { numerator: passedByFirst(c1) * passedBySecond(c1), denominator: p[c1]! * p[c1]! };
  }
  return {
    numerator: passedByFirst(c1) * passedBySecond(c2) + passedByFirst(c2) * passedBySecond(c1),
    denominator: 2 * p[c1]! * p[c2]!,
  };
}

/**
 * Whether the genotypes fit together without any mutation. An untyped parent fits always.
 * A locus that does not fit is counted as inconsistent; it is no exclusion by itself.
 */
export function isMendelian(
  child: AllelePair,
  parents: readonly [TypedParent] | readonly [TypedParent, TypedParent],
): boolean {
  const [first, second] = parents;
  const [c1, c2] = child;
  const gives = (parent: TypedParent | undefined, allele: AlleleLabel): boolean =>
    parent?.genotype.includes(allele) ?? true;
  return (gives(first, c1) && gives(second, c2)) || (gives(first, c2) && gives(second, c1));
}

type PassOn = (allele: AlleleIndex) => number;

function typedTransmission(model: LocusModel, parent: TypedParent): PassOn {
  const { size, values } = model.transmission[parent.role].matrix;
  const row1 = indexIn(model, parent.genotype[0]) * size;
  const row2 = indexIn(model, parent.genotype[1]) * size;
  return (allele) => (values[row1 + allele]! + values[row2 + allele]!) / 2;
}

function untypedTransmission(model: LocusModel, roleOfTyped: ParentRole): PassOn {
  const { fromUntyped }: Transmission = model.transmission[OTHER_PARENT[roleOfTyped]];
  return (allele) => fromUntyped[allele]!;
}

function indexIn(model: LocusModel, allele: AlleleLabel): AlleleIndex {
  const index = alleleIndex(model.table, allele);
  if (index === undefined) {
    throw new RangeError(`the model of ${model.table.locus} was made without allele ${allele}`);
  }
  return index;
}
