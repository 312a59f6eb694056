import type { AlleleModel } from './allele-model.ts';
import { MOST_ENTRIES } from './elimination.ts';
import { KinshipError } from './error.ts';
import type { Factor } from './factor.ts';
import { nextDraw } from './founder-alleles.ts';
import { shareFounders, type UnknownFounders } from './founder-sharing.ts';
import { drawFactor, jointDrawFactor } from './gene-factors.ts';
import { findAlike, type GeneGraph, mergeFounders } from './gene-graph.ts';

/** A graph with the probabilities of its unknown founder alleles, given the known ones. */
export type FounderDraws = {
  readonly graph: GeneGraph;
  readonly draws: readonly Factor[];
  /** What the sum over this graph counts in the whole. */
  readonly weight: number;
};

/** A table of so many numbers costs about as much as one more way to share founder alleles. */
const ENTRIES_A_SHARING = 1000;

/**
 * Without theta founder alleles are drawn each by itself. With it they are drawn together: from one
 * table where that is small, else as the sum over the ways in which they are copies of each other,
 * in each of which they are drawn each by itself again.
 * @param asked somebody whose two alleles are told apart
 * @throws KinshipError PEDIGREE_TOO_COMPLEX where either would be too much
 */
export function* drawFounders(
  model: AlleleModel,
  graph: GeneGraph,
  theta: number,
  asked?: string,
): Generator<FounderDraws> {
  const { known, founders } = graph;
  const numerators = nextDraw(model.frequencies, known, theta);
  const eachAlone = (part: GeneGraph): Factor[] =>
    part.founders.map((one) => drawFactor(model, numerators, one));
  if (theta === 0 || founders.length === 0) {
    yield { graph, draws: eachAlone(graph), weight: 1 };
    return;
  }
  const tableSize = founders.reduce((product, { domain }) => product * domain.length, 1);
  const most = Math.floor(Math.min(tableSize, MOST_ENTRIES) / ENTRIES_A_SHARING);
  const ways = shareFounders(unknownFounders(graph, asked), theta, most);
  if (ways) {
    for (const { weight, siteOf } of ways) {
      const merged = mergeFounders(graph, siteOf);
      yield { graph: merged, draws: eachAlone(merged), weight };
    }
  } else if (tableSize <= MOST_ENTRIES) {
    yield { graph, draws: [jointDrawFactor(model, graph, theta)], weight: 1 };
  } else {
    throw new KinshipError(
      'PEDIGREE_TOO_COMPLEX',
      'too many untyped founders for theta above 0; leave out those who say nothing, or type more',
    );
  }
}

function unknownFounders(graph: GeneGraph, asked?: string): UnknownFounders {
  const { founders: sites, known, carriers } = graph;
  const free = findAlike(graph, asked);
  const alike = [...carriers.values()].flatMap(({ sites: [first, second] }) =>
    free.has(first) ? [[sites.indexOf(first), sites.indexOf(second)] as const] : [],
  );
  return { sites, alike, drawnBefore: known.length };
}
