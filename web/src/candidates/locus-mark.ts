/** Alleles of one person at one locus, as they are written; null where untyped. */
export type Alleles = readonly string[] | null;

export type LocusMark =
  | {
      readonly mark:
        'consistent' | 'silent' | 'excluded' | 'infinite' | 'undefined' | 'not-compared';
    }
  | { readonly mark: 'mutation'; readonly steps: number | null };

type MarkedLocus = {
  readonly kind: string;
  /** Whether the genotypes fit without mutation. */
  readonly mendelian: boolean;
  readonly child: Alleles;
  /** Those whom the locus was compared with. */
  readonly relatives: readonly Alleles[];
  /** Whether the relatives are the parents, so that an allele must come from each. */
  readonly areParents: boolean;
};

/** What an analyst looks for at a locus. It is drawn from the genotypes alone and moves no number. */
export function markLocus(locus: MarkedLocus): LocusMark {
  const { kind, mendelian, child, relatives, areParents } = locus;
  if (relatives.length === 0) return { mark: 'not-compared' };
  if (kind === 'excluded' || kind === 'infinite' || kind === 'undefined') return { mark: kind };
  if (mendelian) return { mark: 'consistent' };
  if (areParents && relatives.some((parent) => isHiddenPair(child, parent)))
    return { mark: 'silent' };
  return { mark: 'mutation', steps: areParents ? fewestSteps(child, relatives) : null };
}

/** Opposite homozygotes: either may carry an allele that the kit does not show. */
function isHiddenPair(child: Alleles, parent: Alleles): boolean {
  const [a, b] = [new Set(child), new Set(parent)];
  return a.size === 1 && b.size === 1 && [...a][0] !== [...b][0];
}

/** Repeats that have to be gained or lost at least; null where fewer than whole repeats differ. */
function fewestSteps(child: Alleles, parents: readonly Alleles[]): number | null {
  const [first, second = first] = child ?? [];
  if (first === undefined || second === undefined) return null;
  const [one, other] = parents;
  const ways = [
    [first, second],
    [second, first],
  ].map(([fromOne, fromOther]) => {
    const steps = [stepsFrom(one, fromOne), other === undefined ? 0 : stepsFrom(other, fromOther)];
    return steps.some((step) => step === null)
      ? null
      : steps.reduce<number>((sum, step) => sum + (step ?? 0), 0);
  });
  const possible = ways.filter((way) => way !== null);
  return possible.length === 0 ? null : Math.min(...possible);
}

function stepsFrom(parent: Alleles | undefined, allele: string | undefined): number | null {
  const steps = (parent ?? [])
    .map((passed) => repeatsBetween(passed, allele))
    .filter((distance) => distance !== null);
  return steps.length === 0 ? null : Math.min(...steps);
}

/** Whole repeats between two alleles; null where they differ by bases besides. Alleles are text, never numbers. */
function repeatsBetween(a: string, b: string | undefined): number | null {
  const [one, other] = [parts(a), parts(b ?? '')];
  if (!one || !other) return null;
  return one.bases === other.bases ? Math.abs(one.repeats - other.repeats) : null;
}

function parts(allele: string): { repeats: number; bases: string } | null {
  const [, repeats, bases = ''] = /^(\d+)(?:\.(\d))?$/.exec(allele) ?? [];
  return repeats === undefined ? null : { repeats: Number(repeats), bases };
}
