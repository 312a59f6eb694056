import type { Profile } from '../../kinship/index.ts';

/** How two typings of what should be one person compare. */
export type Concordance = {
  /** Loci that both have. */
  readonly compared: number;
  /** Those of them at which they differ. */
  readonly discordant: readonly string[];
};

/** Compares typings locus by locus, whatever the order of the alleles. */
export function compareTypings(before: Profile, again: Profile): Concordance {
  const shared = [...before.keys()].filter((locus) => again.has(locus));
  const differs = shared.filter(
    (locus) => alleles(before, locus).join() !== alleles(again, locus).join(),
  );
  return { compared: shared.length, discordant: [...differs].sort() };
}

/** A homozygote may be written once or twice. */
function alleles(profile: Profile, locus: Parameters<Profile['get']>[0]): string[] {
  return [...new Set(profile.get(locus))].sort();
}
