import { writeCase } from '../../formats/case-writer.ts';
import { toFamiliasProject } from '../../formats/familias-calculation.ts';
import { writeFamiliasProject } from '../../formats/familias-fam-writer.ts';
import { sexOf } from '../../formats/relation.ts';
import {
  type Calculation,
  familyHypotheses,
  type HypothesisPair,
  type NamedParent,
  parentageHypotheses,
  type Profile,
  relationshipHypothesis,
  unrelatedHypothesis,
} from '../../kinship/index.ts';
import { HomewardError } from '../../platform/errors.ts';
import type { ReadyPolicy } from '../policies/policies.service.ts';
import type { Candidate, CandidateMember } from './candidates.repository.ts';

/** The forms in which a candidate is handed to another program. */
export const CASE_FORMATS = ['jsonl', 'fam'] as const;
export type CaseFormat = (typeof CASE_FORMATS)[number];

/** A candidate with the policy and the profiles, by their id, that it was computed from. */
export type CandidateFile = {
  readonly candidate: Candidate;
  readonly policy: ReadyPolicy;
  readonly profiles: ReadonlyMap<string, Profile>;
};

/** Who is compared, and as what. */
type Compared = Pick<Candidate, 'relationship' | 'unknownCode' | 'members'>;

/** The relatives that the LR rests on, father first. */
export function relativesOf({ members }: Pick<Candidate, 'members'>): CandidateMember[] {
  return members.filter(({ counts }) => counts);
}

/** What the LR weighs. */
export function hypothesesOf(candidate: Compared): HypothesisPair {
  const child = childName(candidate);
  const relatives = relativesOf(candidate).map(({ code: id, relation }) => ({ id, relation }));
  switch (candidate.relationship) {
    case 'relatives':
      return familyHypotheses(child, relatives);
    case 'same-person': {
      const [{ id, relation }] = relatives as [(typeof relatives)[number]];
      return {
        h1: relationshipHypothesis('identical', id, child, sexOf(relation)),
        h2: unrelatedHypothesis(id, child),
      };
    }
    default: {
      const parents = relatives.map(({ id, relation }) => ({ id, role: relation }));
      return parentageHypotheses(child, parents as [NamedParent]);
    }
  }
}

/** Two collection points may use one code; then the person of unknown origin is called so. */
export function childName(candidate: Pick<Compared, 'unknownCode' | 'members'>): string {
  const { unknownCode } = candidate;
  const isTaken = relativesOf(candidate).some(({ code }) => code === unknownCode);
  return isTaken ? `${unknownCode} (unknown origin)` : unknownCode;
}

/**
 * Everything that the LR follows from, for a program that computes it again: a line of the format of
 * the reference cases, or a Familias project.
 * @throws HomewardError PROFILE_UNREADABLE; CALCULATION_INVALID or CASE_INVALID for what Familias
 *   cannot hold
 */
export function writeCandidateCase(file: CandidateFile, format: CaseFormat): string {
  const { id } = file.candidate;
  const { table, tableName, document } = file.policy;
  const calculation = toCalculation(file);
  if (format === 'jsonl') {
    return `${JSON.stringify(writeCase(id, calculation, document.params, table))}\n`;
  }
  // Familias has no way to write a quote or a line break in a name.
  const name = tableName.replace(/["\r\n]/g, ' ');
  const project = toFamiliasProject(name, calculation, document.params, table);
  return writeFamiliasProject(project);
}

/** @throws HomewardError PROFILE_UNREADABLE */
export function pinnedProfile({ profiles }: CandidateFile, profileId: string): Profile {
  const profile = profiles.get(profileId);
  if (!profile) throw new HomewardError('PROFILE_UNREADABLE');
  return profile;
}

/**
 * Who is compared, the person of unknown origin first, and what is weighed.
 * @throws HomewardError PROFILE_UNREADABLE
 */
export function toCalculation(file: CandidateFile): Calculation {
  const { candidate, policy } = file;
  const asked = childName(candidate);
  const { h1, h2 } = hypothesesOf(candidate);
  const people = [
    { id: asked, profileId: candidate.childProfileId },
    ...relativesOf(candidate).map(({ code: id, profileId }) => ({ id, profileId })),
  ];
  return {
    people: people.map(({ id, profileId }) => ({
      id,
      profile: pinnedProfile(file, profileId),
      kit: null,
      dropOut: policy.document.dropOut,
    })),
    hypotheses: [h1, h2],
    asked,
  };
}
