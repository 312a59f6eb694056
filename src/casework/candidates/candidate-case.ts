import { writeCase } from '../../formats/case-writer.ts';
import { toFamiliasProject } from '../../formats/familias-calculation.ts';
import { writeFamiliasProject } from '../../formats/familias-fam-writer.ts';
import {
  type Calculation,
  type HypothesisPair,
  type NamedParent,
  parentageHypotheses,
} from '../../kinship/index.ts';
import { HomewardError } from '../../platform/errors.ts';
import type { ReadyPolicy } from '../policies/policies.service.ts';
import type { StoredProfile } from '../profiles/stored-profile.ts';
import type { Candidate } from './candidates.repository.ts';

/** The forms in which a candidate is handed to another program. */
export const CASE_FORMATS = ['jsonl', 'fam'] as const;
export type CaseFormat = (typeof CASE_FORMATS)[number];

/** A candidate with the policy and the profiles that it was computed from. */
export type CandidateFile = {
  readonly candidate: Candidate;
  readonly policy: ReadyPolicy;
  readonly profiles: Readonly<Record<'child' | 'father' | 'mother', StoredProfile | undefined>>;
};

/** The parents that the LR rests on, father first. */
export function parentsOf({ relationship, fatherCode, motherCode }: Candidate): NamedParent[] {
  const named = { father: fatherCode, mother: motherCode };
  return (['father', 'mother'] as const).flatMap((role) => {
    const id = relationship === role || relationship === 'both-parents' ? named[role] : null;
    return id === null ? [] : [{ role, id }];
  });
}

/** What the LR weighs. */
export function hypothesesOf(candidate: Candidate): HypothesisPair {
  const parents = parentsOf(candidate) as [NamedParent];
  return parentageHypotheses(childName(candidate), parents);
}

/** Two collection points may use one code; then the person of unknown origin is called so. */
export function childName(candidate: Candidate): string {
  const { unknownCode } = candidate;
  const isTaken = parentsOf(candidate).some(({ id }) => id === unknownCode);
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

function toCalculation({ candidate, profiles }: CandidateFile): Calculation {
  const asked = childName(candidate);
  const { h1, h2 } = hypothesesOf(candidate);
  const people = [{ id: asked, role: 'child' as const }, ...parentsOf(candidate)];
  return {
    people: people.map(({ id, role }) => {
      const stored = role === 'parent' ? undefined : profiles[role];
      if (!stored) throw new HomewardError('PROFILE_UNREADABLE');
      return { id, profile: stored.profile, kit: null, dropOut: 0 };
    }),
    hypotheses: [h1, h2],
    asked,
  };
}
