import type { AlleleModel } from '../allele-model.ts';
import { alleleIndex } from '../frequency-table.ts';
import type { LocusModel } from '../locus-model.ts';
import type { Observation } from '../observation.ts';
import { orderByGeneration, type Pedigree } from '../pedigree.ts';
import type { Observations } from '../gene-graph.ts';
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
      .map((genotype) => ({ genotype, seen: seenOf(model, observations.get(id), genotype) }))
      .filter(({ seen }) => seen > 0),
  );
  const roleOf = new Map(
    members.map(({ id, sex }) => [
      id,
      ({ male: 'father', female: 'mother', unknown: 'parent' } as const)[sex],
    ]),
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
          const { size, values } = model.transmission[roleOf.get(parentId)!];
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
  const { father, mother, parent } = transmission;
  const model: AlleleModel = {
    alleles: table.alleles.map((_, place) => place),
    frequencies: table.frequencies,
    transmission: { father: father.matrix, mother: mother.matrix, parent: parent.matrix },
    looks: Int32Array.from(table.alleles, (_, place) => place),
    silentClass: new Int32Array(table.alleles.length),
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
  model: AlleleModel,
  observations: readonly Observation[] = [],
  genotype: OrderedGenotype,
): number {
  return observations.reduce((product, one) => product * seenProbability(model, one, genotype), 1);
}

/**
 * What was seen must be there; then goes through what may drop: of two different visible alleles
 * either, of two that look alike both at once.
 */
function seenProbability(
  model: AlleleModel,
  { seen, alleles, dropOut, showsClasses = [] }: Observation,
  genotype: OrderedGenotype,
): number {
  const shows = (allele: number): boolean =>
    model.silentClass[allele] === 0 || showsClasses.includes(model.silentClass[allele]!);
  const visible = genotype
    .filter(shows)
    .map((allele) => model.looks[allele]!)
    .filter((look) => look >= 0);
  if (!alleles.every((allele) => visible.includes(allele))) return 0;
  if (seen === 'one-of-two') return 1;
  const looks = [...new Set(visible)];
  const dropped = visible.length > looks.length ? dropOut ** 2 : dropOut;
  let probability = 0;
  for (let pattern = 0; pattern < 2 ** looks.length; pattern++) {
    const shown = looks.filter((_, place) => (pattern >> place) % 2 === 0);
    const chance = looks.reduce(
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
