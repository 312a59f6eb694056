import type { AlleleModel } from './allele-model.ts';
import type { ParentRole } from './parent-role.ts';
import type { MutationMatrix } from './mutation-matrix.ts';
import {
  looksTo,
  type Observation,
  observationProbability,
  possibleAlleles,
} from './observation.ts';
import {
  countChildren,
  isFounder,
  orderByGeneration,
  type Pedigree,
  type PedigreeMember,
  pruneChildless,
  type Sex,
} from './pedigree.ts';

/**
 * One allele of one person: for each value of a variable the allele of the model that it is. Two
 * sites may hang on one variable: then a value is a pair of alleles.
 */
export type Site = { readonly variable: number; readonly domain: readonly number[] };

/** `to` is a copy of one of `from`, each as likely, gone through the mutation matrix. */
export type Meiosis = {
  readonly from: readonly [Site] | readonly [Site, Site];
  readonly to: Site;
  readonly matrix: MutationMatrix;
};

/** The two alleles of a person, the one from the father first, and what was seen of them. */
export type Carrier = {
  readonly sites: readonly [Site, Site];
  readonly seen: readonly Observation[];
};

/** How the alleles at one locus descend: founders' drawn from the population, others handed down. */
export type GeneGraph = {
  /** Founder alleles that are known: which of the two came first does not matter. */
  readonly known: readonly number[];
  /** Founder alleles that are not. */
  readonly founders: readonly Site[];
  readonly meioses: readonly Meiosis[];
  readonly carriers: ReadonlyMap<string, Carrier>;
};

/** What was seen, by person; somebody may have been seen more than once. */
export type Observations = ReadonlyMap<string, readonly Observation[]>;

const ROLE_OF: Readonly<Record<Sex, ParentRole>> = {
  male: 'father',
  female: 'mother',
  unknown: 'parent',
};

/**
 * The graph of a pedigree at one locus. People who say nothing are left out, and of an untyped
 * founder with one child only the allele handed down is there: both exactly.
 * @param split whether an unknown founder allele must be a variable of its own, so that it may be
 *   a copy of another
 * @param asked somebody who stays although nothing was seen of them
 * @throws KinshipError PEDIGREE_INVALID
 */
export function drawGeneGraph(
  model: AlleleModel,
  pedigree: Pedigree,
  observations: Observations,
  { split, asked }: { split: boolean; asked?: string | undefined },
): GeneGraph {
  const stays = new Set([...observations.keys(), ...(asked === undefined ? [] : [asked])]);
  const members = orderByGeneration(pruneChildless(pedigree, stays));
  const children = countChildren(members);
  const sexOf = new Map(members.map(({ id, sex }) => [id, sex]));
  const known: number[] = [];
  const founders: Site[] = [];
  const meioses: Meiosis[] = [];
  const carriers = new Map<string, Carrier>();
  const passers = new Map<string, Meiosis['from']>();
  let variables = 0;

  for (const member of members) {
    if (isFounder(member) && children.get(member.id) === 1 && !stays.has(member.id)) {
      const only = { variable: variables++, domain: model.alleles };
      founders.push(only);
      passers.set(member.id, [only]);
      continue;
    }
    const seen = observations.get(member.id) ?? [];
    const { sites, isKnown } = makeSites(model, member, seen, split, variables);
    variables = sites[1].variable + 1;
    carriers.set(member.id, { sites, seen });
    passers.set(member.id, sites);
    [member.father, member.mother].forEach((parent, side) => {
      if (isKnown) known.push(sites[side]!.domain[0]!);
      else if (parent === null) founders.push(sites[side]!);
      else {
        const matrix = model.transmission[ROLE_OF[sexOf.get(parent)!]];
        meioses.push({ from: passers.get(parent)!, to: sites[side]!, matrix });
      }
    });
  }
  return { known, founders, meioses, carriers };
}

/** One variable for a person who can only be few pairs of alleles, else one for each allele. */
function makeSites(
  model: AlleleModel,
  member: PedigreeMember,
  seen: readonly Observation[],
  split: boolean,
  variable: number,
): { sites: Carrier['sites']; isKnown: boolean } {
  const domain = domainOf(model, seen);
  const pairs = seen.length > 0 ? possiblePairs(model, seen, domain) : null;
  const isKnown = pairs !== null && isFounder(member) && areTurned(pairs);
  const draws = member.father === null || member.mother === null;
  if (!pairs || (split && draws && !isKnown)) {
    return { sites: [{ variable, domain }, { variable: variable + 1, domain }], isKnown: false }; // prettier-ignore
  }
  const [first, second] = [0, 1].map((side) => pairs.map((pair) => pair[side]!));
  return {
    sites: [
      { variable, domain: first! },
      { variable, domain: second! },
    ],
    isKnown,
  };
}

function domainOf(model: AlleleModel, seen: readonly Observation[]): readonly number[] {
  return seen
    .map((observation) => possibleAlleles(observation, looksTo(model, observation)))
    .reduce<readonly number[]>(
      (both, one) => (both === model.alleles ? one : both.filter((allele) => one.includes(allele))),
      model.alleles,
    );
}

/** Pairs from so many alleles are gone through: two seen, and a few that do not show. */
const FEW_ALLELES = 6;

/** The pairs of alleles that fit what was seen; null where there may be too many. */
function possiblePairs(
  model: AlleleModel,
  seen: readonly Observation[],
  domain: readonly number[],
): [number, number][] | null {
  if (domain.length > FEW_ALLELES) return null;
  const looks = seen.map((observation) => looksTo(model, observation));
  const fits = (one: number, other: number): boolean =>
    seen.every(
      (observation, n) =>
        observationProbability(observation, looks[n]![one]!, looks[n]![other]!) > 0,
    );
  return domain.flatMap((one) =>
    domain.filter((other) => fits(one, other)).map((other): [number, number] => [one, other]),
  );
}

/** Whether there is one pair of alleles, in one order or both. */
function areTurned(pairs: readonly (readonly [number, number])[]): boolean {
  const [first, second, ...more] = pairs;
  if (!first || more.length > 0) return false;
  return second === undefined || (first[0] === second[1] && first[1] === second[0]);
}

/** The first alleles of founders whose two nothing tells apart: not seen, shared with nobody. */
export function findAlike({ carriers, founders, meioses }: GeneGraph, asked?: string): Set<Site> {
  const uses = new Map<Site, number>();
  const use = (site: Site): unknown => uses.set(site, (uses.get(site) ?? 0) + 1);
  for (const { sites } of carriers.values()) sites.forEach(use);
  for (const { from } of meioses) if (from.length === 1) use(from[0]);
  const alike = new Set<Site>();
  for (const [id, { sites, seen }] of carriers) {
    const isFree = sites.every((site) => founders.includes(site) && uses.get(site) === 1);
    if (isFree && seen.length === 0 && id !== asked) alike.add(sites[0]);
  }
  return alike;
}

/** The graph with each founder allele replaced by the site that it shares with others. */
export function mergeFounders(graph: GeneGraph, siteOf: ReadonlyMap<Site, Site>): GeneGraph {
  const merged = (site: Site): Site => siteOf.get(site) ?? site;
  const move = ({ sites: [first, second], seen }: Carrier): Carrier => ({
    sites: [merged(first), merged(second)],
    seen,
  });
  return {
    known: graph.known,
    founders: [...new Set(graph.founders.map(merged))],
    meioses: graph.meioses.map(({ from, to, matrix }) => ({
      from: from.map(merged) as unknown as Meiosis['from'],
      to,
      matrix,
    })),
    carriers: new Map([...graph.carriers].map(([id, carrier]) => [id, move(carrier)])),
  };
}
