import type { AlleleModel } from '../allele-model.ts';
import { alleleIndex } from '../frequency-table.ts';
import type { LocusModel } from '../locus-model.ts';
import type { Observation } from '../observation.ts';
import { orderByGeneration, type Pedigree } from '../pedigree.ts';
import type { Observations } from '../pedigree-likelihood.ts';
import type { AllelePair } from '../profile.ts';

/** Two alleles by place, the one from the father first. */
type OrderedGenotype = readonly [fromFather: number, fromMother: number];

/**
 * P(what was seen | pedigree) at one locus, straight from the definition: the sum, over every
 * ordered genotype that every member could have, of the product of founder draws, transmission
 * probabilities and probabilities of what was seen. Slow and obvious on purpose (n² genotypes for
 * each member): the oracle for everything fast.
 */
export function observedLikelihood(
  model: AlleleModel,
  pedigree: Pedigree,
  observations: Observations,
  theta = 0,
): number {
  const members = orderByGeneration(pedigree);
  const all = allGenotypes(model.frequencies.length);
  const possible = members.map(({ id }) =>
    all
      .map((genotype) => ({ genotype, seen: seenOf(observations.get(id), genotype, model.silent) }))
      .filter(({ seen }) => seen > 0),
  );
  const assigned = new Map<string, OrderedGenotype>();

  const sumFrom = (place: number, drawn: readonly number[]): number => {
    const member = members[place];
    if (!member) return 1;
    let sum = 0;
    for (const { genotype, seen } of possible[place]!) {
      let probability = seen;
      let drawnHere = drawn;
      for (const [side, parentId] of [member.father, member.mother].entries()) {
        const allele = genotype[side]!;
        if (parentId === null) {
          probability *= nextDraw(model.frequencies, drawnHere, allele, theta);
          drawnHere = [...drawnHere, allele];
        } else {
          const [a, b] = assigned.get(parentId)!;
          const { size, values } = side === 0 ? model.father : model.mother;
          probability *= 0.5 * values[a * size + allele]! + 0.5 * values[b * size + allele]!;
        }
      }
      if (probability === 0) continue;
      assigned.set(member.id, genotype);
      sum += probability * sumFrom(place + 1, drawnHere);
    }
    return sum;
  };
  return sumFrom(0, []);
}

/**
 * The same for people whose two alleles are known, theta 0.
 * @param genotypes of the typed members, by id
 */
export function pedigreeLikelihood(
  { table, transmission }: LocusModel,
  pedigree: Pedigree,
  genotypes: ReadonlyMap<string, AllelePair>,
): number {
  const model: AlleleModel = {
    frequencies: table.frequencies,
    father: transmission.father.matrix,
    mother: transmission.mother.matrix,
    silent: null,
  };
  const observations = new Map(
    [...genotypes].map(([id, [a, b]]): [string, Observation[]] => {
      const alleles = [alleleIndex(table, a)!, alleleIndex(table, b)!] as const;
      return [id, [{ seen: 'two', alleles, dropOut: 0 }]];
    }),
  );
  return observedLikelihood(model, pedigree, observations);
}

function allGenotypes(size: number): OrderedGenotype[] {
  const all = Array.from({ length: size }, (_, allele) => allele);
  return all.flatMap((a) => all.map((b): OrderedGenotype => [a, b]));
}

/** The next founder allele, given those drawn: a copy of one of them, or a new one. */
function nextDraw(
  frequencies: Float64Array,
  drawn: readonly number[],
  allele: number,
  theta: number,
): number {
  const copies = drawn.filter((one) => one === allele).length;
  return (copies * theta + (1 - theta) * frequencies[allele]!) / (1 + (drawn.length - 1) * theta);
}

function seenOf(
  observations: readonly Observation[] = [],
  genotype: OrderedGenotype,
  silent: number | null,
): number {
  return observations.reduce((product, one) => product * seenProbability(one, genotype, silent), 1);
}

/**
 * What was seen must be there; then goes through what may drop: of two different visible alleles
 * either, of a pair both at once.
 */
function seenProbability(
  { seen, alleles, dropOut }: Observation,
  genotype: OrderedGenotype,
  silent: number | null,
): number {
  if (!alleles.every((allele) => genotype.includes(allele))) return 0;
  if (seen === 'one-of-two') return 1;
  const visible = [...new Set(genotype)].filter((allele) => allele !== silent);
  const isPair = genotype[0] === genotype[1];
  const dropped = isPair ? dropOut ** 2 : dropOut;
  let probability = 0;
  for (let pattern = 0; pattern < 2 ** visible.length; pattern++) {
    const shown = visible.filter((_, place) => (pattern >> place) % 2 === 0);
    const chance = visible.reduce(
      (product, _, place) => product * ((pattern >> place) % 2 === 0 ? 1 - dropped : dropped),
      1,
    );
    if (sameAlleles(shown, alleles)) probability += chance;
  }
  return probability;
}

function sameAlleles(shown: readonly number[], alleles: readonly number[]): boolean {
  return (
    shown.length > 0 && String([...new Set(shown)].sort()) === String([...new Set(alleles)].sort())
  );
}
