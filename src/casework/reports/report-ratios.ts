import {
  type AllegedParents,
  compareFamily,
  compareIdentity,
  compareParentage,
  type FamilyComparison,
  type FrequencyTable,
  KinshipError,
  type LikelihoodRatio,
  LocusModels,
  type ParentageComparison,
  type ParentRole,
} from '../../kinship/index.ts';
import { toClosedForm } from '../policies/policy-fit.ts';
import type { ReadPeople } from './report-people.ts';
import { readTable } from './report-tables.ts';
import type { ReportNumbers, ReportSource } from './report.schema.ts';

type Comparison = ParentageComparison | FamilyComparison;
type PopulationReport = ReportNumbers['populations'][number];

/** The LR of a report's hypotheses with the frequencies of a population, by the policy's parameters. */
function compareIn(table: FrequencyTable, source: ReportSource, people: ReadPeople): Comparison {
  const models = new LocusModels(table, toClosedForm(source.policy.document));
  const child = people.child.profile;
  switch (source.candidate.relationship) {
    case 'same-person':
      return compareIdentity(models, child, people.counted[0]?.profile ?? new Map());
    case 'relatives':
      return compareFamily(models, child, people.counted);
    default: {
      const parents = people.counted.map(({ relation: role, profile }) => ({ role: role as ParentRole, profile })); // prettier-ignore
      return compareParentage(models, child, parents as never as AllegedParents);
    }
  }
}

/**
 * The LR in every population, the smallest first; what cannot be computed last.
 * @param ofPolicy what the candidate itself rests on
 */
export function comparePopulations(
  source: ReportSource,
  people: ReadPeople,
  ofPolicy: Pick<PopulationReport, 'kind' | 'log10Lr' | 'lociCompared' | 'lociInconsistent'>,
): PopulationReport[] {
  const populations = source.frequencyTables.map((table, place): PopulationReport => {
    const named = { name: table.name, contentHash: table.contentHash, isOfPolicy: place === 0 };
    if (place === 0) return { ...named, ...ofPolicy, problem: null };
    try {
      const { lr, compared, lociInconsistent } = compareIn(readTable(table), source, people);
      const counts = { lociCompared: compared.length, lociInconsistent };
      return { ...named, ...writeRatio(lr), ...counts, problem: null };
    } catch (error) {
      if (!(error instanceof KinshipError)) throw error;
      const nothing = { kind: 'undefined', log10Lr: null, lociCompared: 0, lociInconsistent: 0 } as const; // prettier-ignore
      return { ...named, ...nothing, problem: error.message };
    }
  });
  return populations.sort((a, b) => strengthOf(a) - strengthOf(b));
}

export function writeRatio(lr: LikelihoodRatio): Pick<PopulationReport, 'kind' | 'log10Lr'> {
  return { kind: lr.kind, log10Lr: lr.kind === 'finite' ? lr.log10Lr : null };
}

/** Orders populations; beyond every number stands what has none. */
function strengthOf({ problem, kind, log10Lr }: PopulationReport): number {
  if (problem !== null) return Number.MAX_VALUE;
  if (kind === 'excluded') return -Number.MAX_VALUE;
  return log10Lr ?? Number.MAX_VALUE / 2;
}
