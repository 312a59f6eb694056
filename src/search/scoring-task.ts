import {
  boundChance,
  ChanceModel,
  type ClosedFormParameters,
  type ComparisonShape,
  type FrequencyTable,
  LocusModels,
  type ParentageComparison,
  type ParentsTyped,
  type Profile,
} from '../kinship/index.ts';
import { Arena } from './arena.ts';
import { type Family, isParent } from './family.ts';
import { judge, type Judgement } from './judge.ts';
import { scanPeople } from './person-scan.ts';
import { Scanner } from './scan.ts';
import type { FamilyHits, IndexSnapshot, PersonPlace } from './search-index.ts';
import { warmUp } from './warm-up.ts';
import { Workbench } from './workbench.ts';

/** What to compute with; `key` names table and parameters, so that a thread prepares them once. */
export type ScoringPolicy = {
  readonly key: string;
  readonly table: FrequencyTable;
  readonly parameters: ClosedFormParameters;
  /** An LR. */
  readonly threshold: number;
};

/** A child and a family to be judged. */
export type Pair = { readonly child: Profile; readonly family: Family };

/** A judgement with the probability that an unrelated family of this shape reaches its LR. */
export type JudgedPair = Judgement & { readonly chanceProbability: number };

/** Looks for everybody who may be one person with somebody; it asks nothing of a policy. */
type PeopleTask = {
  readonly kind: 'scan-people';
  readonly index: IndexSnapshot;
  /** Of those who are looked for, as the index writes people. */
  readonly rows: readonly Uint16Array[];
};

/** One piece of work for a scoring thread. */
export type ScoringTask = PeopleTask | PolicyTask;

type PolicyTask = { readonly policy: ScoringPolicy } & (
  | {
      readonly kind: 'scan-families';
      /** An LR to scan for where the policy's own would find too many. */
      readonly threshold?: number;
      readonly index: IndexSnapshot;
      readonly children: readonly Profile[];
      /** The shards to look in; all where none are named. */
      readonly shards?: readonly number[];
    }
  | {
      readonly kind: 'scan-unknowns';
      readonly threshold?: number;
      readonly index: IndexSnapshot;
      readonly families: readonly Family[];
    }
  | { readonly kind: 'judge'; readonly pairs: readonly Pair[] }
  /** Prepares the chance of candidates of these shapes, so that the first need not wait for it. */
  | { readonly kind: 'prepare'; readonly shapes: readonly ComparisonShape[] }
  /** Prepares whatever the first comparisons with this index would wait for. */
  | { readonly kind: 'warm-up'; readonly index: IndexSnapshot }
);

/**
 * Carries out one task; what it prepares for an index and a policy is kept for the next.
 * @returns for a scan what each child, family or person hit; for `judge` one judgement a pair, null below
 *   the threshold; else nothing
 */
export function runScoringTask(
  task: ScoringTask,
): FamilyHits[] | number[][] | PersonPlace[][] | (JudgedPair | null)[] | undefined {
  if (task.kind === 'scan-people') {
    const { memory, alphabet } = prepareIndex(task.index).bench;
    return scanPeople(memory, alphabet, task.index, task.rows);
  }
  const { policy } = task;
  switch (task.kind) {
    case 'scan-families': {
      const { index, children, threshold = policy.threshold, shards } = task;
      return scannerOf(index, policy).scanFamilies(index, children, threshold, shards);
    }
    case 'scan-unknowns': {
      const { index, families, threshold = policy.threshold } = task;
      return scannerOf(index, policy).scanUnknowns(index, families, threshold);
    }
    case 'prepare': {
      const { chance } = prepare(policy);
      for (const shape of task.shapes) chance?.tailProbability(shape, 0);
      return undefined;
    }
    case 'warm-up': {
      const { models, chance } = prepare(policy);
      warmUp(scannerOf(task.index, policy), task.index, models, chance, policy.threshold);
      return undefined;
    }
    case 'judge': {
      const { models, chance } = prepare(policy);
      return task.pairs.map(({ child, family }) => {
        const judgement = judge(models, child, family, policy.threshold);
        return judgement && withChance(chance, judgement, family);
      });
    }
  }
}

function withChance(chance: ChanceModel | null, judgement: Judgement, family: Family): JudgedPair {
  const { lr } = judgement.comparison;
  const log10Lr = lr.kind === 'finite' ? lr.log10Lr : Infinity;
  const shape = shapeOf(judgement, family);
  const chanceProbability =
    chance && shape ? chance.tailProbability(shape, log10Lr) : boundChance(log10Lr);
  return { ...judgement, chanceProbability };
}

/** By which parents each compared locus was compared; null where other relatives count. */
function shapeOf({ members, comparison }: Judgement, family: Family): ComparisonShape | null {
  const roles = members.map((place) => family[place]!.relation);
  if (!roles.every(isParent) || !('parentsTyped' in (comparison.compared[0] ?? {}))) return null;
  return new Map(
    (comparison as ParentageComparison).compared.map(
      ({ locus, parentsTyped }): [typeof locus, ParentsTyped] => {
        const typed = roles.filter((_, place) => parentsTyped[place]);
        return [locus, typed.length === 2 ? 'both' : typed[0]!];
      },
    ),
  );
}

/** What a thread keeps of a policy. */
type PreparedPolicy = { readonly models: LocusModels; readonly chance: ChanceModel | null };
/** What it keeps of an index, and of each policy for it. */
type PreparedIndex = {
  readonly bench: Workbench;
  readonly scanners: Map<string, { readonly scanner: Scanner; readonly arena: Arena }>;
  readonly spare: Arena[];
};

const POLICIES_KEPT = 2;
const INDEXES_KEPT = 2;
const policies = new Map<string, PreparedPolicy>();
const indexes = new Map<number, PreparedIndex>();

function prepare({ key, table, parameters }: ScoringPolicy): PreparedPolicy {
  return remember(policies, key, POLICIES_KEPT, () => {
    const models = new LocusModels(table, parameters);
    return { models, chance: models.theta > 0 ? null : new ChanceModel(models) };
  });
}

function prepareIndex({ key, memory }: IndexSnapshot): PreparedIndex {
  return remember(indexes, key, INDEXES_KEPT, () => ({
    bench: new Workbench(memory),
    scanners: new Map(),
    spare: [],
  }));
}

function scannerOf(index: IndexSnapshot, policy: ScoringPolicy): Scanner {
  const { bench, scanners, spare } = prepareIndex(index);
  const { scanner } = remember(
    scanners,
    policy.key,
    POLICIES_KEPT,
    () => {
      const arena = spare.pop() ?? new Arena(bench.memory);
      const { models } = prepare(policy);
      return { scanner: new Scanner(bench, arena, models), arena };
    },
    ({ arena }) => {
      arena.clear();
      spare.push(arena);
    },
  );
  return scanner;
}

/** What was made for a key, and no more than so many of the latest. */
function remember<Key, Value>(
  known: Map<Key, Value>,
  key: Key,
  most: number,
  make: () => Value,
  drop: (value: Value) => void = () => undefined,
): Value {
  const value = known.get(key) ?? make();
  // Set anew, so that the one used least lately comes first.
  known.delete(key);
  known.set(key, value);
  const [oldest] = known.entries();
  if (known.size > most && oldest) {
    known.delete(oldest[0]);
    drop(oldest[1]);
  }
  return value;
}
