import { type AlleleIndex, type AlleleLabel } from './allele.ts';
import { alleleIndex } from './frequency-table.ts';
import type { LocusModel, UntypedTransmission } from './locus-model.ts';
import { OTHER_PARENT, type ParentRole } from './parent-role.ts';
import type { AllelePair } from './profile.ts';
import { drawGenotype, meanOverDraw, type Urn } from './theta.ts';

/** One known parent of the child at one locus. */
export type TypedParent = { readonly role: ParentRole; readonly genotype: AllelePair };

/** One typed parent, or both. */
export type TypedParents = readonly [TypedParent] | readonly [TypedParent, TypedParent];

/** Where an untyped parent is typed: nowhere, or at other loci. */
export type OtherParent = 'nowhere' | 'elsewhere';

/** Likelihoods of the child's genotype given the parents' (H1) and as an unrelated person (H2). */
export type ParentageLikelihoods = { readonly numerator: number; readonly denominator: number };

/**
 * Closed form for one child and one or two typed parents at one locus: the fast path of the
 * hypotheses «these are the parents» against «all unrelated». The parents' own likelihood stands
 * on both sides and cancels. All founder alleles are drawn from one urn, under H2 too.
 * @param otherParent of one typed parent: whether the other is typed `nowhere`, or `elsewhere`, at
 *   other loci only
 */
export function parentageLikelihoods(
  model: LocusModel,
  child: AllelePair,
  parents: TypedParents,
  otherParent: OtherParent = 'nowhere',
): ParentageLikelihoods {
  const genotypes = parents.map(({ genotype }) => genotype);
  return {
    numerator: childLikelihood(model, child, parents, [], otherParent),
    denominator: childLikelihood(model, child, [], genotypes),
  };
}

/**
 * P(the child's genotype | genotypes of its typed parents and of typed people unrelated to it).
 *
 * With T(v) the probability that a parent passes v on (typed: ½(M[f1,v] + M[f2,v]); untyped: the
 * mean over their allele, the next from the urn), a child c1c2 has T₁(c1)·T₂(c2) + T₁(c2)·T₂(c1)
 * and a homozygote T₁(c)·T₂(c); without typed parents it is a founder itself and draws both
 * alleles. See docs/math/parentage.md and theta.md.
 * @param others whose founder alleles count as drawn; without theta they change nothing
 */
export function childLikelihood(
  model: LocusModel,
  child: AllelePair,
  parents: readonly [] | TypedParents,
  others: readonly AllelePair[] = [],
  otherParent: OtherParent = 'nowhere',
): number {
  const urn = fillUrn(model, parents, others);
  const [c1, c2] = [indexIn(model, child[0]), indexIn(model, child[1])];
  const [first, second] = parents;
  if (!first) return drawGenotype(urn, model.table.frequencies, c1, c2);
  const passedByFirst = typedTransmission(model, first);
  const passedBySecond = second
    ? typedTransmission(model, second)
    : untypedTransmission(untypedParent(model, first.role, otherParent), urn);
  if (c1 === c2) return passedByFirst(c1) * passedBySecond(c1);
  return passedByFirst(c1) * passedBySecond(c2) + passedByFirst(c2) * passedBySecond(c1);
}

/**
 * Whether the genotypes fit together without any mutation. An untyped parent fits always.
 * A locus that does not fit is counted as inconsistent; it is no exclusion by itself.
 */
export function isMendelian(child: AllelePair, parents: TypedParents): boolean {
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

function untypedParent(
  { transmission }: LocusModel,
  roleOfTyped: ParentRole,
  otherParent: OtherParent,
): UntypedTransmission {
  const other = transmission[OTHER_PARENT[roleOfTyped]];
  return otherParent === 'elsewhere' ? other.untypedHere : other.untyped;
}

function untypedTransmission({ matrix, fromPopulation }: UntypedTransmission, urn: Urn): PassOn {
  const { size, values } = matrix;
  return (allele) =>
    meanOverDraw(urn, fromPopulation[allele]!, (copied) => values[copied * size + allele]!);
}

/** Without theta nobody's alleles change the next draw, and the urn may stay empty. */
function fillUrn(
  model: LocusModel,
  parents: readonly TypedParent[],
  others: readonly AllelePair[],
): Urn {
  const drawn: AlleleIndex[] = [];
  if (model.theta > 0) {
    for (const { genotype } of parents) for (const one of genotype) drawn.push(indexIn(model, one));
    for (const genotype of others) for (const one of genotype) drawn.push(indexIn(model, one));
  }
  return { theta: model.theta, drawn };
}

function indexIn(model: LocusModel, allele: AlleleLabel): AlleleIndex {
  const index = alleleIndex(model.table, allele);
  if (index === undefined) {
    throw new RangeError(`the model of ${model.table.locus} was made without allele ${allele}`);
  }
  return index;
}
