import type {
  CalculationDocument,
  CalculationInput,
  PopulationResult,
} from '../../casework/likelihood-ratios/calculation.schema.ts';
import { formatPosterior, formatRatio, formatSmall } from '../../platform/number-text.ts';
import { formatWideTable, wrap } from '../table.ts';
import { formatLocusTable, formatOmitted } from './locus-table.ts';
import { describeParameters } from './parameters.ts';
import { ratioCells } from './ratio-cells.ts';

/**
 * The report of a calculation for an analyst: the hypotheses in words, what computed it, the loci
 * in the population whose LR is smallest, and all populations in short.
 * @param notes of the reading and writing of files
 */
export function formatReport(document: CalculationDocument, notes: readonly string[]): string {
  const { calculation, populations } = document;
  const smallest = populations[0]!;
  const blocks = [
    describeHypotheses(calculation),
    describeOrigin(document),
    formatLocusTable(calculation, smallest),
    formatOmitted(smallest),
    formatTotals(calculation, smallest),
    populations.length > 1 ? formatPopulations(document) : '',
    [...describeStationarity(calculation, smallest), ...notes].map((note) => wrap(note, 2)).join('\n'), // prettier-ignore
    formatResult(calculation, smallest, populations.length > 1),
  ];
  return blocks.filter((block) => block !== '').join('\n\n');
}

function describeHypotheses({ hypotheses, asked }: CalculationInput): string {
  const lines = hypotheses.map(({ text }, place) => wrap(`H${place + 1}: ${text}`, 4));
  return [...lines, `In question is the place of ${asked}.`].join('\n');
}

function describeOrigin({
  engineVersion,
  calculation,
  inputHash,
  populations,
}: CalculationDocument): string {
  return [
    `computed by ${engineVersion}; input ${inputHash}`,
    ...populations.map(
      ({ frequencyTable: { name, contentHash } }) => `frequencies ${name}, SHA-256 ${contentHash}`,
    ),
    ...describeParameters(calculation.parameters).map((line) => wrap(line, 2)),
  ].join('\n');
}

function formatTotals({ hypotheses, priors }: CalculationInput, result: PopulationResult): string {
  const { lrs, posteriors, inconsistencies } = result;
  const sum = priors.reduce((all, prior) => all + prior, 0);
  const expectedIf = hypotheses.map(
    (_, place) => `${place > 0 ? '' : 'expected '}if H${place + 1}`,
  );
  const rows = hypotheses.map((_, place) => [
    `H${place + 1}`,
    ...ratioCells(lrs[place]!),
    String(Number((priors[place]! / sum).toPrecision(6))),
    posteriors ? formatProbability(posteriors[place]!) : 'undefined',
    String(inconsistencies[place]!.observed),
    ...inconsistencies[place]!.expected.map((one) =>
      one === null ? 'impossible' : formatSmall(one),
    ),
  ]);
  return formatWideTable(
    ['hypothesis', 'LR', 'log10 LR', 'prior', 'posterior', 'inconsistent', ...expectedIf],
    rows,
  );
}

function formatPopulations({ calculation, populations }: CalculationDocument): string {
  const against = calculation.hypotheses.slice(0, -1).map((_, place) => place);
  const rows = populations.map(({ frequencyTable, lrs, posteriors }) => [
    frequencyTable.name,
    ...against.flatMap((place) => [
      ...ratioCells(lrs[place]!),
      posteriors ? formatProbability(posteriors[place]!) : 'undefined',
    ]),
  ]);
  const header = against.flatMap((place) => {
    const of = against.length > 1 ? ` H${place + 1}` : '';
    return [`LR${of}`, `log10 LR${of}`, `posterior${of}`];
  });
  return [
    'All populations, the smallest LR of H1 first; the loci above are in the first:',
    formatWideTable(['population', ...header], rows),
  ].join('\n');
}

function formatResult(
  { hypotheses }: CalculationInput,
  { lrs, loci, inconsistencies, frequencyTable }: PopulationResult,
  isOneOfSeveral: boolean,
): string {
  return hypotheses
    .slice(0, -1)
    .map((_, place) => {
      const lr = lrs[place]!;
      const of = hypotheses.length > 2 ? ` of H${place + 1}` : '';
      const value =
        lr.log10Lr === null ? lr.kind : `${formatRatio(lr.log10Lr, 10)}, log10 LR ${lr.log10Lr}`;
      const inconsistent = inconsistencies[place]!.observed;
      const where = isOneOfSeveral ? `; ${frequencyTable.name}` : '';
      return `LR${of} ${value} (${loci.length} loci compared, ${inconsistent} inconsistent${where})`;
    })
    .join('\n');
}

/** Whether the mutation model changes a frequency at the locus by more than rounding does. */
function isMoving({ nonStationarity }: PopulationResult['loci'][number]): boolean {
  return nonStationarity > 1e-12;
}

/** What is to be known of a Familias project that was written, where its LR will be another one. */
export function describeFamiliasReading({
  calculation,
  populations,
}: CalculationDocument): string[] {
  const isDrawn = calculation.parameters.untypedParent === 'population';
  if (isDrawn || !populations.some(({ loci }) => loci.some(isMoving))) return [];
  return [
    'The Familias project: Familias draws the allele of an untyped parent from the population, so where ' +
      'there is one its LR differs from the one here.',
  ];
}

const READINGS = {
  mutates: "passed through that parent's mutation matrix (untypedParent mutates)",
  population: 'drawn from the population as it is (untypedParent population)',
} as const;

function describeStationarity(
  { parameters }: CalculationInput,
  { loci }: PopulationResult,
): string[] {
  const moving = loci.filter(isMoving);
  const [most] = [...moving].sort((a, b) => b.nonStationarity - a.nonStationarity);
  if (!most) return [];
  const change = `${(100 * most.nonStationarity).toPrecision(2)} % at ${most.locus}`;
  return [
    `The mutation model does not keep the frequencies at ${moving.length} of ${loci.length} loci; in one ` +
      `generation one changes by ${change} at most. So it matters how the allele of an untyped parent ` +
      `is read: here it is ${READINGS[parameters.untypedParent]}.`,
  ];
}

function formatProbability(probability: number): string {
  return probability < 0.001 ? formatSmall(probability) : formatPosterior(probability);
}
