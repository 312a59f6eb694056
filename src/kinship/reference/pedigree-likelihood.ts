import type { AlleleLabel } from '../allele.ts';
import { alleleIndex } from '../frequency-table.ts';
import type { LocusModel } from '../locus-model.ts';
import { orderByGeneration, type Pedigree, type PedigreeMember } from '../pedigree.ts';
import type { AllelePair } from '../profile.ts';

/** Two alleles by index, the one from the father first. */
type OrderedGenotype = readonly [fromFather: number, fromMother: number];

/**
 * P(genotypes | pedigree) at one locus, straight from the definition: the sum, over every ordered
 * genotype that every member could have, of the product of founder frequencies and transmission
 * probabilities. Slow and obvious on purpose (n² genotypes for each untyped member): the oracle
 * for everything fast. Theta 0, no silent alleles, no drop-out.
 * @param genotypes of the typed members, by id
 */
export function pedigreeLikelihood(
  model: LocusModel,
  pedigree: Pedigree,
  genotypes: ReadonlyMap<string, AllelePair>,
): number {
  const members = orderByGeneration(pedigree);
  const assigned = new Map<string, OrderedGenotype>();

  const sumFrom = (place: number): number => {
    const member = members[place];
    if (!member) return 1;
    let sum = 0;
    for (const genotype of possibleGenotypes(model, genotypes.get(member.id))) {
      const probability = genotypeProbability(model, member, genotype, assigned);
      if (probability === 0) continue;
      assigned.set(member.id, genotype);
      sum += probability * sumFrom(place + 1);
    }
    assigned.delete(member.id);
    return sum;
  };
  return sumFrom(0);
}

function possibleGenotypes(model: LocusModel, observed: AllelePair | undefined): OrderedGenotype[] {
  if (!observed) {
    const all = model.table.alleles.map((_, index) => index);
    return all.flatMap((a) => all.map((b): OrderedGenotype => [a, b]));
  }
  const [a, b] = observed.map((allele) => place(model, allele)) as [number, number];
  return a === b ? [[a, a]] : [[a, b], [b, a]]; // prettier-ignore
}

function genotypeProbability(
  model: LocusModel,
  member: PedigreeMember,
  [fromFather, fromMother]: OrderedGenotype,
  assigned: ReadonlyMap<string, OrderedGenotype>,
): number {
  return (
    alleleProbability(model, 'father', fromFather, member.father, assigned) *
    alleleProbability(model, 'mother', fromMother, member.mother, assigned)
  );
}

function alleleProbability(
  model: LocusModel,
  role: 'father' | 'mother',
  allele: number,
  parentId: string | null,
  assigned: ReadonlyMap<string, OrderedGenotype>,
): number {
  if (parentId === null) return model.table.frequencies[allele]!;
  const [a, b] = assigned.get(parentId)!;
  const { size, values } = model.transmission[role].matrix;
  return 0.5 * values[a * size + allele]! + 0.5 * values[b * size + allele]!;
}

function place(model: LocusModel, allele: AlleleLabel): number {
  const index = alleleIndex(model.table, allele);
  if (index === undefined) throw new RangeError(`${model.table.locus} has no allele ${allele}`);
  return index;
}
