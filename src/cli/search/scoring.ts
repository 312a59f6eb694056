import type { ThreadPool } from '../../platform/thread-pool.ts';
import type {
  FamilyHits,
  IndexSnapshot,
  JudgedPair,
  Pair,
  ScoringPolicy,
  ScoringTask,
} from '../../search/index.ts';
import type { Family } from '../../search/index.ts';
import type { ComparisonShape, Profile } from '../../kinship/index.ts';

/** Pairs that a thread judges in one task: some tenths of a second of work. */
const PAIRS_A_TASK = 50;

/** Comparisons by one policy, in the scoring threads. */
export class Scoring {
  readonly #pool: ThreadPool;
  readonly #policy: ScoringPolicy;

  constructor(pool: ThreadPool, policy: ScoringPolicy) {
    this.#pool = pool;
    this.#policy = policy;
  }

  /** The least LR of a candidate. */
  get threshold(): number {
    return this.#policy.threshold;
  }

  /** Makes so many threads ready to judge candidates of these shapes; nobody waits for it. */
  prepare(threads: number, shapes: readonly ComparisonShape[]): void {
    const task: ScoringTask = { policy: this.#policy, kind: 'prepare', shapes };
    // What goes wrong here goes wrong again where somebody asks for the result.
    const ignore = (): void => undefined;
    for (let thread = 0; thread < threads; thread++) this.#pool.run(task).catch(ignore);
  }

  /** For each child the families that may reach a threshold, which is not below the least. */
  scanFamilies(
    index: IndexSnapshot,
    shards: readonly number[],
    children: readonly Profile[],
    threshold: number,
  ): Promise<FamilyHits[]> {
    const task: ScoringTask = {
      policy: this.#policy,
      kind: 'scan-families',
      index,
      shards,
      children,
      threshold,
    };
    return this.#pool.run(task);
  }

  /** For each family the slots of the people of unknown origin who may reach it. */
  scanUnknowns(
    index: IndexSnapshot,
    families: readonly Family[],
    threshold: number,
  ): Promise<number[][]> {
    const task: ScoringTask = {
      policy: this.#policy,
      kind: 'scan-unknowns',
      index,
      families,
      threshold,
    };
    return this.#pool.run(task);
  }

  /** A judgement for each pair; null below the threshold. */
  async judge(pairs: readonly Pair[]): Promise<(JudgedPair | null)[]> {
    const tasks: Promise<(JudgedPair | null)[]>[] = [];
    for (let at = 0; at < pairs.length; at += PAIRS_A_TASK) {
      const some = pairs.slice(at, at + PAIRS_A_TASK);
      const task: ScoringTask = { policy: this.#policy, kind: 'judge', pairs: some };
      tasks.push(this.#pool.run(task));
    }
    return (await Promise.all(tasks)).flat();
  }
}
