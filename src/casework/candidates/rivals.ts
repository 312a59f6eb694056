import { type Profile, type Relationship } from '../../kinship/index.ts';
import { sexOf } from '../../formats/relation.ts';
import type {
  CalculationDocument,
  CalculationInput,
  ComparedPersonJson,
} from '../likelihood-ratios/calculation.schema.ts';
import type { NamedTable } from '../likelihood-ratios/calculation-document.ts';
import { expandQuestion } from '../likelihood-ratios/question.ts';
import { type CandidateFile, childName, pinnedProfile, relativesOf } from './candidate-case.ts';

/**
 * What else a relative of the candidate may be to the person. Close relatives reach a high LR as
 * parent and child: a full sibling does so often, an uncle now and then.
 */
const RIVALS = [
  'parent-child',
  'full-siblings',
  'paternal-half-siblings',
  'avuncular',
  'identical',
] as const satisfies readonly Relationship[];

/** One relative and the person: how well each relationship explains their profiles. */
export type Rivals = {
  readonly relative: string;
  readonly relationships: readonly {
    readonly relationship: (typeof RIVALS)[number];
    readonly kind: 'finite' | 'excluded' | 'infinite' | 'undefined';
    readonly log10Lr: number | null;
    readonly lociInconsistent: number;
  }[];
};

/** Computes a calculation in one population. */
export type Weigh = (
  calculation: CalculationInput,
  table: NamedTable,
) => Promise<CalculationDocument>;

/**
 * Weighs each relative that the candidate's LR rests on against the person alone, every relationship
 * against «unrelated», under the candidate's own policy.
 * @throws HomewardError PROFILE_UNREADABLE, CALCULATION_TOO_LONG
 */
export async function weighRivals(file: CandidateFile, weigh: Weigh): Promise<Rivals[]> {
  const { candidate, policy } = file;
  const { tableName: name, tableHash: contentHash, table, document } = policy;
  const child = describePerson(childName(candidate), 'unknown', pinnedProfile(file, candidate.childProfileId)); // prettier-ignore
  return Promise.all(
    relativesOf(candidate).map(async ({ code: id, relation, profileId }): Promise<Rivals> => {
      const profile = pinnedProfile(file, profileId);
      const people = [describePerson(id, sexOf(relation), profile), child];
      const question = {
        kind: 'relationships' as const,
        people: [id, child.id] as [string, string],
        relationships: [...RIVALS],
      };
      const asked = expandQuestion(question, people);
      const calculation = { people, ...asked, parameters: document.params };
      const { populations } = await weigh(calculation, { name, contentHash, table });
      return { relative: id, relationships: describeRivals(populations) };
    }),
  );
}

function describeRivals([population]: CalculationDocument['populations']): Rivals['relationships'] {
  return RIVALS.map((relationship, place) => ({
    relationship,
    kind: population?.lrs[place]?.kind ?? 'undefined',
    log10Lr: population?.lrs[place]?.log10Lr ?? null,
    lociInconsistent: population?.inconsistencies[place]?.observed ?? 0,
  }));
}

function describePerson(
  id: string,
  sex: ComparedPersonJson['sex'],
  profile: Profile,
): ComparedPersonJson {
  const genotypes = Object.fromEntries(
    [...profile].map(([locus, alleles]) => [locus, [...alleles]]),
  );
  return { id, sex, kit: null, dropOut: 0, genotypes };
}
