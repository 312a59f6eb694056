import type { AlleleModel } from './allele-model.ts';
import { eliminate, type Sum, sumOfAll, type WorkLeft } from './elimination.ts';
import type { Factor } from './factor.ts';
import { copyFactor, meiosisFactor, observationFactors } from './gene-factors.ts';
import { findAlike, type GeneGraph, type Meiosis, type Site } from './gene-graph.ts';

/** One of several sums to be added, each counted with its weight. */
export type WeightedSum = Sum & { readonly weight: number };

/** So many choices of «which of the two» are made one by one: 2^8 ways. */
const MOST_CHOICES = 8;

/**
 * The sum over all alleles of a graph. P(child's allele | the parent's two) couples three alleles,
 * which costs much where all three may be anything. There it is opened: once for «it is the first»,
 * once for «the second», each of which couples two (Lander & Green 1987, doi:10.1073/pnas.84.8.2363).
 * @param founders the probability of the founder alleles
 * @param work gets less by what the sum costs
 * @param asked the person whose two alleles are not summed over
 */
export function* sumOverGenes(
  model: AlleleModel,
  graph: GeneGraph,
  founders: readonly Factor[],
  work: WorkLeft,
  asked?: string,
): Generator<WeightedSum> {
  const kept = keptVariables(graph, asked);
  const sizes = sizesOf(graph);
  const choices = choicesOf(graph, asked);
  const open = new Set(choices.map(({ meiosis }) => meiosis));
  const closed = [
    ...founders,
    ...graph.meioses.filter((meiosis) => !open.has(meiosis)).map(meiosisFactor),
    ...[...graph.carriers.values()].flatMap((carrier) => observationFactors(model, carrier)),
  ];
  const stays = new Set([
    ...kept,
    ...[...open].flatMap(({ from, to }) => [...from, to].map(({ variable }) => variable)),
  ]);
  const most = 8 * model.frequencies.length ** 2;
  const shared = eliminate(closed, sizes, stays, work, most);
  for (const { factors, weight } of waysThrough(choices)) {
    const { table, exponent } = sumOfAll([...shared.factors, ...factors], sizes, kept, work);
    yield { table, exponent: exponent + shared.exponent, weight };
  }
}

/** A meiosis that is opened, and which of the parent's alleles are tried: the first, or both. */
type Choice = {
  readonly meiosis: Meiosis;
  readonly ways: readonly Factor[];
};

/**
 * The meioses worth opening. Both alleles of an untyped founder are alike, so that the first
 * meiosis of each may be said to hand down the first.
 */
function choicesOf(graph: GeneGraph, asked?: string): Choice[] {
  const alike = findAlike(graph, asked);
  const choices: Choice[] = [];
  let open = 0;
  for (const meiosis of graph.meioses) {
    const { from, to, matrix } = meiosis;
    if (!isWide(meiosis) || open === MOST_CHOICES) continue;
    const [first] = from;
    const isAlike = alike.delete(first);
    if (!isAlike) open++;
    const tried = isAlike ? [first] : from;
    choices.push({ meiosis, ways: tried.map((site) => copyFactor(site, to, matrix)) });
  }
  return choices;
}

/** Alleles of typed people are few; more may be anything. */
const NARROW = 4;

function isWide({ from, to }: Meiosis): boolean {
  const [first, second] = from;
  if (!second || second.variable === first.variable) return false;
  return [first, second, to].every(({ domain }) => domain.length > NARROW);
}

/** Every combination of the choices' ways. */
function* waysThrough(
  choices: readonly Choice[],
): Generator<{ factors: readonly Factor[]; weight: number }> {
  const [choice, ...others] = choices;
  if (!choice) {
    yield { factors: [], weight: 1 };
    return;
  }
  for (const { factors, weight } of waysThrough(others)) {
    for (const way of choice.ways) {
      yield { factors: [way, ...factors], weight: weight / choice.ways.length };
    }
  }
}

function sizesOf({ founders, meioses, carriers }: GeneGraph): number[] {
  const sizes: number[] = [];
  const note = ({ variable, domain }: Site): void => {
    sizes[variable] = domain.length;
  };
  founders.forEach(note);
  meioses.forEach(({ from }) => {
    from.forEach(note);
  });
  for (const { sites } of carriers.values()) sites.forEach(note);
  return sizes;
}

function keptVariables({ carriers }: GeneGraph, asked?: string): number[] {
  const asks = asked === undefined ? undefined : carriers.get(asked);
  return [...new Set(asks?.sites.map(({ variable }) => variable))];
}
