import type { IndexLoader, IndexStanding } from './index-loader.ts';
import type { Readiness } from './readiness.ts';

/** How the search of this process stands. */
export type SearchStanding = IndexStanding & {
  /** That compare. */
  readonly threads: number;
  /** The policy that all of them are ready for; null before the first. */
  readonly policyId: string | null;
};

export function readSearchStanding({
  indexLoader,
  readiness,
  threads,
}: {
  indexLoader: IndexLoader;
  readiness: Readiness;
  threads: number;
}): SearchStanding {
  return { ...indexLoader.standing(), threads, policyId: readiness.policyId() };
}
