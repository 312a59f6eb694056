import {
  type AlleleLabel,
  type AllelePair,
  microvariant,
  wholeRepeats,
} from '../../kinship/index.ts';

/** How a locus that does not fit parents can have come about. */
export type Misfit = {
  readonly reading: 'mutation' | 'mutation-or-silent';
  /** Fewest whole repeats that alleles changed by, all together; null: by no whole number of them. */
  readonly steps: number | null;
};

/**
 * Reads a locus where a child's genotype does not fit one or both parents. A homozygous child of a
 * homozygous parent with another allele may have got an allele from them that the kit does not show.
 * @param parents the genotypes of one or two
 */
export function readMisfit(child: AllelePair, parents: readonly AllelePair[]): Misfit {
  const maySilent = parents.some(
    (parent) => isHomozygous(child) && isHomozygous(parent) && child[0] !== parent[0],
  );
  const steps = Math.min(...waysToInherit(child, parents).map(countSteps));
  return {
    reading: maySilent ? 'mutation-or-silent' : 'mutation',
    steps: Number.isFinite(steps) ? steps : null,
  };
}

/** Who passed on what: a child's allele and the genotype that it is said to come from. */
type Inheritance = readonly { readonly allele: AlleleLabel; readonly from: AllelePair }[];

function waysToInherit(child: AllelePair, parents: readonly AllelePair[]): Inheritance[] {
  const orders = [child, [child[1], child[0]] as const];
  return orders.map((alleles) =>
    parents.flatMap((from, place) => {
      const allele = alleles[place];
      return allele === undefined ? [] : [{ allele, from }];
    }),
  );
}

function countSteps(ways: Inheritance): number {
  return ways.reduce(
    (sum, { allele, from }) => sum + Math.min(...from.map((one) => repeatsBetween(one, allele))),
    0,
  );
}

/** Infinite where the two differ by bases. */
function repeatsBetween(a: AlleleLabel, b: AlleleLabel): number {
  if (microvariant(a) !== microvariant(b)) return Infinity;
  return Math.abs(wholeRepeats(a) - wholeRepeats(b));
}

function isHomozygous([first, second]: AllelePair): boolean {
  return first === second;
}
