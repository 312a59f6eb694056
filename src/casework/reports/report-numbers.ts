import { writeCase } from '../../formats/case-writer.ts';
import {
  type AllelePair,
  type HypothesisPair,
  posterior,
  reaches,
  readGenotype,
} from '../../kinship/index.ts';
import { formatRatio } from '../../platform/number-text.ts';
import { hypothesesOf } from '../candidates/candidate-case.ts';
import type { CandidateResult } from '../candidates/candidate-result.ts';
import { readMisfit } from './locus-reading.ts';
import { genotypeAt, type ReadPeople, type ReadPerson, readPeople } from './report-people.ts';
import { comparePopulations } from './report-ratios.ts';
import { readTable } from './report-tables.ts';
import type { LocusReport, ReportNumbers, ReportSource } from './report.schema.ts';

/** What was computed for the candidate: as it is stored, or computed again. */
export type ReportResult = CandidateResult & {
  readonly log10Lr: number;
  readonly lociCompared: number;
  readonly lociInconsistent: number;
};

/** Digits of an LR that are shown; its logarithm is shown in full. */
const DIGITS = 10;

/**
 * The numbers of a report, from what it is made of and what was computed for the candidate.
 * @throws HomewardError for a source that cannot be read; KinshipError where the hypotheses cannot be
 *   drawn from it
 */
export function computeNumbers(source: ReportSource, result: ReportResult): ReportNumbers {
  const people = readPeople(source);
  const { relationship } = source.candidate;
  const hypotheses = hypothesesOf({
    relationship,
    unknownCode: people.child.code,
    members: people.members,
  });
  const { log10Lr, lociCompared, lociInconsistent } = result;
  const lr = { kind: 'finite' as const, log10Lr };
  const { document } = source.policy;
  return {
    hypotheses: { h1: hypotheses.h1.text, h2: hypotheses.h2.text },
    likelihoodRatio: {
      ...lr,
      decimal: formatRatio(log10Lr, DIGITS),
      reachesThreshold: reaches(lr, document.threshold),
      lociCompared,
      lociInconsistent,
      loci: result.loci.map((locus) => describeLocus(source, people, locus)),
      omitted: result.omitted.map(({ locus, reason }) => ({ locus, reason })),
    },
    whole: result.whole && { ...result.whole },
    rivals: describeRivals(people, result.rivals),
    ...weigh(source, people, result),
    case: writeReportCase(source, people, hypotheses),
  };
}

/**
 * What the LR comes to in every population, and in the database: the part of a report that a candidate itself
 * does not hold.
 * @throws HomewardError for a source that cannot be read
 */
export function computePopulations(source: ReportSource, result: ReportResult): Weight {
  return weigh(source, readPeople(source), result);
}

type Weight = Pick<ReportNumbers, 'populations' | 'evaluation'>;

function weigh(
  source: ReportSource,
  people: ReadPeople,
  { log10Lr, lociCompared, lociInconsistent }: ReportResult,
): Weight {
  const ofPolicy = { kind: 'finite' as const, log10Lr, lociCompared, lociInconsistent };
  return {
    populations: comparePopulations(source, people, ofPolicy),
    evaluation: evaluate(source, log10Lr),
  };
}

function describeLocus(
  { candidate }: ReportSource,
  { child, counted }: ReadPeople,
  { locus, kind, log10Lr, mendelian }: CandidateResult['loci'][number],
): LocusReport {
  const ofChild = pairAt(child, locus);
  const ofCounted = counted.map((person) => pairAt(person, locus));
  const typed = ofCounted.filter((pair) => pair !== undefined);
  const notCounted = counted.filter(
    (person, place) => genotypeAt(person, locus) && ofCounted[place] === undefined,
  );
  const row = { locus, kind, log10Lr, notCounted: notCounted.map(({ name }) => name) };
  if (mendelian || !ofChild) return { ...row, reading: 'consistent', steps: null };
  if (candidate.relationship === 'same-person') return { ...row, reading: 'different', steps: null }; // prettier-ignore
  if (candidate.relationship === 'relatives') return { ...row, reading: 'inconsistent', steps: null }; // prettier-ignore
  return { ...row, ...readMisfit(ofChild, typed) };
}

/** The genotype of a person that a likelihood can use. */
function pairAt(person: ReadPerson, locus: string): AllelePair | undefined {
  const genotype = genotypeAt(person, locus);
  const read = genotype && readGenotype(genotype);
  return typeof read === 'object' ? read : undefined;
}

function describeRivals(
  { counted }: ReadPeople,
  rivals: CandidateResult['rivals'],
): ReportNumbers['rivals'] {
  return rivals.flatMap((relationships, place) => {
    const relative = counted[place];
    if (!relative) return [];
    return [{ relative: relative.name, relationships: relationships.map((one) => ({ ...one })) }];
  });
}

function evaluate(
  { policy, database }: ReportSource,
  log10Lr: number,
): ReportNumbers['evaluation'] {
  const { priorInDatabase } = policy.document;
  const { families, pairs, chanceProbability, log10LrsOfPerson } = database;
  return {
    priorInDatabase,
    priorOfFamily: priorInDatabase / families,
    posterior: posterior(log10Lr, log10LrsOfPerson, families, priorInDatabase),
    expectedChanceCandidates: chanceProbability * pairs,
  };
}

/** The whole question with the frequencies as they are used, for programs that know nothing of ours. */
function writeReportCase(
  source: ReportSource,
  { child, counted }: ReadPeople,
  { h1, h2 }: HypothesisPair,
): object {
  const { candidate, policy, frequencyTables } = source;
  const { dropOut, params } = policy.document;
  const calculation = {
    people: [child, ...counted].map(({ name: id, profile }) => ({
      ...{ id, profile, dropOut },
      kit: null,
    })),
    hypotheses: [h1, h2],
    asked: child.name,
  };
  const [table] = frequencyTables;
  return writeCase(candidate.id, calculation, params, table ? readTable(table) : new Map());
}
