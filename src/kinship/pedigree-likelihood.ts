import type { AlleleModel } from './allele-model.ts';
import { fullWork, type WorkLeft } from './elimination.ts';
import { founderLikelihood } from './founder-alleles.ts';
import { drawFounders } from './founder-draws.ts';
import { drawGeneGraph, type GeneGraph, type Observations } from './gene-graph.ts';
import { sumOverGenes, type WeightedSum } from './gene-sum.ts';
import { addLikelihoods, IMPOSSIBLE, type Likelihood } from './likelihood.ts';
import { lumpAlleles } from './lumping.ts';
import type { Observation } from './observation.ts';
import type { Pedigree } from './pedigree.ts';
import { checkTheta } from './theta.ts';

/**
 * P(what was seen | pedigree) at one locus, for any pedigree, loops included: the sum over the
 * alleles of everybody. How it is kept small: docs/math/pedigree.md.
 * @param theta coancestry of all founders (Balding & Nichols 1994, doi:10.1016/0379-0738(94)90222-4)
 * @throws KinshipError PEDIGREE_INVALID, PEDIGREE_TOO_COMPLEX
 */
export function pedigreeLikelihood(
  full: AlleleModel,
  pedigree: Pedigree,
  observations: Observations,
  theta = 0,
): Likelihood {
  const shown = [...observations.values()].flat().flatMap(({ alleles }) => alleles);
  const lumped = lumpAlleles(full, new Set(shown));
  const model = lumped?.model ?? full;
  const seen = lumped ? moveAlleles(observations, lumped.placeOf) : observations;
  const graph = drawGeneGraph(model, pedigree, seen, { split: theta > 0 });
  let total = IMPOSSIBLE;
  for (const { table, exponent, weight } of sums(model, graph, theta, fullWork())) {
    total = addLikelihoods(total, { mantissa: table.values[0]! * weight, exponent });
  }
  return total;
}

/**
 * P(what was seen, and the true alleles of one person | pedigree).
 * @param work gets less by what the sum costs; default as much as a likelihood may cost
 * @returns row-major: the entry [i·n + j] is for allele i from the father and j from the mother;
 *   all are to be multiplied by 2^exponent
 * @throws KinshipError PEDIGREE_INVALID, PEDIGREE_TOO_COMPLEX
 */
export function genotypeLikelihoods(
  model: AlleleModel,
  pedigree: Pedigree,
  observations: Observations,
  person: string,
  theta = 0,
  work = fullWork(),
): { values: Float64Array; exponent: number } {
  const size = model.frequencies.length;
  const values = new Float64Array(size * size);
  const graph = drawGeneGraph(model, pedigree, observations, { split: theta > 0, asked: person });
  const parts = [...sums(model, graph, theta, work, person)];
  const largest = parts.reduce((most, { exponent }) => Math.max(most, exponent), -Infinity);
  for (const { table, exponent, weight, carriers } of parts) {
    const factor = weight * 2 ** (exponent - largest);
    const [first, second] = carriers.get(person)!.sites;
    const isOne = first.variable === second.variable;
    first.domain.forEach((from, i) => {
      second.domain.forEach((other, j) => {
        const at = isOne ? (i === j ? i : -1) : i * second.domain.length + j;
        if (at >= 0) values[from * size + other]! += factor * table.values[at]!;
      });
    });
  }
  return { values, exponent: parts.length === 0 ? 0 : largest };
}

/** The same observations with the alleles under their new places. */
function moveAlleles(observations: Observations, placeOf: Int32Array): Observations {
  const move = (observation: Observation): Observation => {
    const [a, b] = observation.alleles;
    return { ...observation, alleles: [placeOf[a]!, placeOf[b]!] };
  };
  return new Map([...observations].map(([id, seen]) => [id, seen.map(move)]));
}

/** One of the sums that add up to a likelihood, and the people in it. */
type PartialSum = WeightedSum & Pick<GeneGraph, 'carriers'>;

function* sums(
  model: AlleleModel,
  graph: GeneGraph,
  theta: number,
  work: WorkLeft,
  asked?: string,
): Generator<PartialSum> {
  checkTheta(theta);
  const known = founderLikelihood(model.frequencies, graph.known, theta);
  for (const { graph: part, draws, weight } of drawFounders(model, graph, theta, asked)) {
    for (const sum of sumOverGenes(model, part, draws, work, asked)) {
      yield {
        table: sum.table,
        exponent: sum.exponent + known.exponent,
        weight: sum.weight * weight * known.mantissa,
        carriers: part.carriers,
      };
    }
  }
}
