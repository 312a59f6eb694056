import { type Profile, readGenotype } from '../kinship/index.ts';

/** How far two profiles agree, at loci where a likelihood can use both. */
export type Agreement = { readonly lociCompared: number; readonly lociDiffering: number };

/** So many loci alike are nobody else: a sample twice, a person registered again, an identical twin. */
export const LEAST_LOCI_ALIKE = 8;

/**
 * Two typings of one person differ at so many loci at most: an allele dropped out or in, the primers of
 * another kit do not see it, or it was called wrongly. More is somebody else, or a sample to type again.
 */
export const MOST_LOCI_DIFFERING = 2;

/**
 * So many more loci must be alike for each that differs. Full siblings show one genotype at two loci of
 * five: with 20 loci compared, one locus that may differ makes a chance pair of them 30 times as probable,
 * which four loci alike make good.
 */
const LOCI_ALIKE_A_DIFFERENCE = 4;

/**
 * Counts the loci that two people can be compared at, and those of them where they differ. Of people who
 * differ too much to be one, no more are counted than it takes to know.
 */
export function compareGenotypes(a: Profile, b: Profile): Agreement {
  let lociCompared = 0;
  let lociDiffering = 0;
  for (const [locus, genotype] of a) {
    const other = b.get(locus);
    if (!other) continue;
    const [one, two] = [readGenotype(genotype), readGenotype(other)];
    if (typeof one === 'string' || typeof two === 'string') continue;
    lociCompared++;
    if (one[0] === two[0] && one[1] === two[1]) continue;
    if (++lociDiffering > MOST_LOCI_DIFFERING) break;
  }
  return { lociCompared, lociDiffering };
}

/** Whether two samples that agree so far may be of one person, or of identical twins. */
export function mayBeOnePerson({ lociCompared, lociDiffering }: Agreement): boolean {
  const alike = lociCompared - lociDiffering;
  const wanted = LEAST_LOCI_ALIKE + LOCI_ALIKE_A_DIFFERENCE * lociDiffering;
  return lociDiffering <= MOST_LOCI_DIFFERING && alike >= wanted;
}
