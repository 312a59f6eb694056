import type {
  CalculationInput,
  ComparedPersonJson,
  PopulationResult,
} from '../../casework/likelihood-ratios/calculation.schema.ts';
import { findLocus, makeGenotype, parseAllele } from '../../kinship/index.ts';
import { formatWideTable } from '../table.ts';
import { ratioCells } from './ratio-cells.ts';

/** Why somebody, or a whole locus, does not count. */
const REASONS: Readonly<Record<string, string>> = {
  'typed-in-one-person': 'only one person is typed',
  'not-in-table': 'the frequency table lacks it',
  'more-than-two-alleles': 'somebody shows more than two alleles',
  'off-ladder-allele': 'somebody shows an allele off the ladder',
  'allele-may-have-dropped-out': 'an allele of somebody may have dropped out',
};

const OF_PERSON: Readonly<Record<string, string>> = {
  'more-than-two-alleles': 'more than two alleles',
  'off-ladder-allele': 'allele off the ladder',
  'allele-may-have-dropped-out': 'allele may have dropped out',
};

type Column = { readonly name: string; readonly cells: readonly string[] };

/** Locus by locus: everybody's genotype, the LR of each hypothesis, and whether the locus fits it. */
export function formatLocusTable(
  { people, hypotheses }: CalculationInput,
  { loci }: PopulationResult,
): string {
  const last = hypotheses.length - 1;
  const verdicts = (place: number): string[] =>
    loci.map(({ consistent }) => (consistent[place] ? 'consistent' : 'INCONSISTENT'));
  const ofHypotheses = hypotheses.slice(0, last).flatMap((_, place): Column[] => {
    const of = last > 1 ? ` H${place + 1}` : '';
    const ratios = loci.map(({ lrs }) => ratioCells(lrs[place]!));
    return [
      { name: `LR${of}`, cells: ratios.map(([lr]) => lr) },
      { name: `log10 LR${of}`, cells: ratios.map(([, log10]) => log10) },
      { name: `Mendelian${of}`, cells: verdicts(place) },
    ];
  });
  const columns: Column[] = [
    ...people.map(({ id, genotypes }) => ({ name: id, cells: genotypeCells(genotypes, loci) })),
    ...ofHypotheses,
    { name: `Mendelian H${last + 1}`, cells: verdicts(last) },
    { name: 'not counted', cells: loci.map(({ leftOut }) => describeLeftOut(leftOut)) },
  ];
  const said = columns.filter(
    ({ cells }, place) => place < columns.length - 2 || cells.some((cell) => UNUSUAL.test(cell)),
  );
  return formatWideTable(
    ['locus', ...said.map(({ name }) => name)],
    loci.map(({ locus }, row) => [locus, ...said.map(({ cells }) => cells[row]!)]),
  );
}

/** What makes one of the last two columns worth printing. */
const UNUSUAL = /INCONSISTENT|: /;

/** The loci that do not count, and why. */
export function formatOmitted({ omitted }: PopulationResult): string {
  return omitted
    .map(({ locus, reason }) => `left out: ${locus}, ${REASONS[reason] ?? reason}`)
    .join('\n');
}

function describeLeftOut(leftOut: PopulationResult['loci'][number]['leftOut']): string {
  return leftOut.map(({ id, reason }) => `${id}: ${OF_PERSON[reason] ?? reason}`).join('; ');
}

function genotypeCells(
  genotypes: ComparedPersonJson['genotypes'],
  loci: PopulationResult['loci'],
): string[] {
  const byLocus = new Map(
    Object.entries(genotypes).map(([locus, alleles]) => [findLocus(locus), alleles] as const),
  );
  return loci.map(({ locus }) => {
    const alleles = byLocus.get(findLocus(locus)) ?? [];
    const labels = alleles.flatMap((allele) => parseAllele(allele) ?? []);
    return labels.length === 0 ? '' : makeGenotype(labels).join(',');
  });
}
