import type { NamedTable } from '../likelihood-ratios/calculation-document.ts';
import { type CandidateFile, childName, pinnedProfile } from '../candidates/candidate-case.ts';
import type { CandidateStanding } from '../candidates/candidates.service.ts';
import type { ReportResult } from './report-numbers.ts';
import { writeGenotypes } from './report-people.ts';
import { writeTable } from './report-tables.ts';
import type { ReportSource } from './report.schema.ts';

/** What an analyst said of the candidate, as far as a report repeats it. */
export type ReportDecision = {
  readonly verdict: string;
  readonly decidedBy: string;
  readonly decidedAt: Date;
  readonly revision: number;
  readonly log10Lr: number;
};

/** Everything that the database holds for a report. */
export type ReportMaterial = {
  readonly file: CandidateFile;
  readonly standing: CandidateStanding;
  readonly decisions: readonly ReportDecision[];
  /** Populations besides that of the policy. */
  readonly otherTables: readonly NamedTable[];
  readonly tablesLeftOut: number;
};

/**
 * What the report of a candidate is made from, in plain JSON values.
 * @throws HomewardError PROFILE_UNREADABLE
 */
export function makeSource(material: ReportMaterial): ReportSource {
  const { file, standing, decisions, otherTables, tablesLeftOut } = material;
  const { candidate, policy } = file;
  const { id, name, contentHash, document, tableName, tableHash, table } = policy;
  const people = describePeople(file);
  const ofPolicy = { name: tableName, contentHash: tableHash, table };
  const { size, pairs, log10LrsOfPerson, openFindings } = standing;
  return {
    engineVersion: candidate.engineVersion,
    candidate: {
      id: candidate.id,
      revision: candidate.revision,
      state: candidate.state,
      relationship: candidate.relationship,
      family: candidate.familyCode,
      computedAt: candidate.updatedAt.toISOString(),
      lapsedAt: candidate.lapsedAt?.toISOString() ?? null,
    },
    people: people.map(({ profile, ...person }) => ({
      ...person,
      genotypes: writeGenotypes(profile),
    })),
    policy: { id, name, contentHash, document },
    frequencyTables: [ofPolicy, ...otherTables].map((one) => writeTable(one, people)),
    tablesLeftOut,
    database: {
      families: size.families,
      unknowns: size.unknowns,
      pairs,
      chanceProbability: candidate.chanceProbability,
      log10LrsOfPerson: [...log10LrsOfPerson],
    },
    openFindings: openFindings.length,
    decisions: decisions.map(({ verdict, decidedBy, decidedAt, revision, log10Lr }) => ({
      ...{ verdict, revision, log10Lr },
      analyst: decidedBy,
      decidedAt: decidedAt.toISOString(),
    })),
  };
}

/** What is stored of the candidate's numbers. */
export function storedResult({ candidate }: CandidateFile): ReportResult {
  const { result, log10Lr, lociCompared, lociInconsistent } = candidate;
  return { ...result, log10Lr, lociCompared, lociInconsistent };
}

function describePeople(file: CandidateFile) {
  const { candidate } = file;
  const profileOf = (profileId: string) => pinnedProfile(file, profileId);
  const { childProfileId, unknownCode, members } = candidate;
  const child = {
    name: childName(candidate),
    code: unknownCode,
    relation: 'unknown-origin' as const,
    counts: true,
    profileId: childProfileId,
    profile: profileOf(childProfileId),
  };
  return [
    child,
    ...members.map(({ profileId, code, relation, counts }) => ({
      ...{ code, relation, counts, profileId },
      name: code,
      profile: profileOf(profileId),
    })),
  ];
}
