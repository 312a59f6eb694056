import {
  ChanceModel,
  type ComparisonShape,
  type FrequencyTable,
  type LikelihoodParameters,
  LocusModels,
  type ParentageComparison,
  type ParentsTyped,
  type Profile,
} from '../kinship/index.ts';
import type { Alternative } from './alternative.ts';
import type { FamilyProfiles } from './family-query.ts';
import type { Slot } from './genotype-store.ts';
import { judge, type Judgement } from './judge.ts';
import { scanFamilies, scanUnknowns } from './scan.ts';
import type { IndexSnapshot } from './search-index.ts';

/** What to compute with; `key` names it, so that a thread prepares it once. */
export type ScoringPolicy = {
  readonly key: string;
  readonly table: FrequencyTable;
  readonly parameters: LikelihoodParameters;
  /** An LR. */
  readonly threshold: number;
};

/** A child and a family to be judged. */
export type Pair = { readonly child: Profile; readonly family: FamilyProfiles };

/** A judgement with the probability that an unrelated family of this shape reaches its LR. */
export type JudgedPair = Judgement & { readonly chanceProbability: number };

/** One piece of work for a scoring thread. */
export type ScoringTask = { readonly policy: ScoringPolicy } & (
  | { readonly kind: 'scan-families'; readonly index: IndexSnapshot; readonly child: Profile }
  | {
      readonly kind: 'scan-unknowns';
      readonly index: IndexSnapshot;
      readonly family: FamilyProfiles;
    }
  | { readonly kind: 'judge'; readonly pairs: readonly Pair[] }
);

/**
 * Carries out one task; what it prepares for a policy is kept for the next.
 * @returns for a scan the slots that survive; for `judge` one judgement a pair, null below the threshold
 */
export function runScoringTask(task: ScoringTask): Slot[] | (JudgedPair | null)[] {
  const { models, chance } = prepare(task.policy);
  const { threshold } = task.policy;
  switch (task.kind) {
    case 'scan-families':
      return scanFamilies(models, task.index, task.child, threshold);
    case 'scan-unknowns':
      return scanUnknowns(models, task.index, task.family, threshold);
    case 'judge':
      return task.pairs.map(({ child, family }) =>
        withChance(chance, judge(models, child, family, threshold)),
      );
  }
}

/** The shape of a comparison: by which parents each compared locus was compared. */
export function shapeOf(
  alternative: Alternative,
  { compared }: ParentageComparison,
): ComparisonShape {
  return new Map(
    compared.map(({ locus, parentsTyped }): [typeof locus, ParentsTyped] => {
      const typed = alternative.filter((_, place) => parentsTyped[place]);
      return [locus, typed.length === 2 ? 'both' : typed[0]!];
    }),
  );
}

function withChance(chance: ChanceModel, judgement: Judgement | null): JudgedPair | null {
  if (!judgement) return null;
  const { alternative, comparison } = judgement;
  const log10Lr = comparison.lr.kind === 'finite' ? comparison.lr.log10Lr : Infinity;
  const chanceProbability = chance.tailProbability(shapeOf(alternative, comparison), log10Lr);
  return { ...judgement, chanceProbability };
}

type Prepared = { readonly models: LocusModels; readonly chance: ChanceModel };

const prepared = new Map<string, Prepared>();
const POLICIES_KEPT = 4;

function prepare({ key, table, parameters }: ScoringPolicy): Prepared {
  const known = prepared.get(key);
  if (known) return known;
  const models = new LocusModels(table, parameters);
  const made = { models, chance: new ChanceModel(models) };
  prepared.set(key, made);
  const [oldest] = prepared.keys();
  if (prepared.size > POLICIES_KEPT && oldest !== undefined) prepared.delete(oldest);
  return made;
}
