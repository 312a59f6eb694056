import { randomUUID } from 'node:crypto';
import { isAncestor, type Relation } from '../../formats/relation.ts';
import type { PersonRow, RowOutcome } from '../../formats/row.ts';
import { type Locus, mergeReplicate, type Profile, type Sex } from '../../kinship/index.ts';
import { newCaseNumber, readCaseNumber } from '../cases/case-number.ts';
import type { NewCase } from '../cases/cases.service.ts';
import type { RowReport, Side } from './batch.schema.ts';
import { checkRow, checkSex, type RowRules } from './row-rules.ts';

/** What is there already of the people whom a batch names. */
export type KnownSample = {
  readonly sampleId: string;
  readonly code: string;
  readonly sex: Sex;
  readonly familyId: string | null;
  /** The family's code; null also of a relative whose family another collection point opened. */
  readonly family: string | null;
  readonly relation: Relation | null;
  readonly profileId: string;
  /** Null where it cannot be read. */
  readonly profile: Profile | null;
  /** Null where another collection point opened the case, and the batch does not name it. */
  readonly caseNumber: string | null;
};

export type KnownFamily = {
  readonly id: string;
  /** Null where another collection point opened it: it is named by the number of its case. */
  readonly code: string | null;
  readonly caseId: string;
  readonly caseNumber: string;
  readonly relations: readonly Relation[];
};

/** What the database says of those whom a batch names. */
export type Known = {
  readonly samples: readonly KnownSample[];
  readonly families: readonly KnownFamily[];
  /** Codes of samples that were withdrawn. */
  readonly withdrawn: readonly string[];
  /** Codes of samples for which no consent stands. */
  readonly withoutConsent: ReadonlySet<string>;
};

export type NewFamily = { id: string; code: string; caseId: string };

export type NewSample = {
  id: string;
  code: string;
  sex: Sex;
  caseId: string;
  familyId: string | null;
  relation: Relation | null;
  profileId: string;
  profile: Profile;
};

/** A sample that is there, with more loci: a profile that takes the place of the one before. */
export type ExtendedSample = Pick<
  NewSample,
  'id' | 'familyId' | 'relation' | 'profileId' | 'profile'
> & {
  /** The profile that is superseded. */
  supersedes: string;
};

/** Everything that a batch writes, and what it answers. */
export type BatchPlan = {
  readonly cases: Omit<NewCase, 'collectionPointId'>[];
  readonly families: NewFamily[];
  readonly samples: NewSample[];
  readonly extended: ExtendedSample[];
  readonly rows: RowReport[];
};

type FamilyDraft = Omit<KnownFamily, 'relations'> & { relations: Set<Relation> };

/**
 * Decides what a batch changes, without touching anything: new people are accepted, those who are
 * there and bring loci that they lacked are extended, those who bring none are unchanged, everything else is
 * refused with a reason. A row that repeats an earlier row of the batch is judged like one that repeats an
 * earlier batch.
 */
export function planBatch(
  side: Side,
  division: string,
  outcomes: readonly RowOutcome[],
  known: Known,
  rules: RowRules,
): BatchPlan {
  const plan: BatchPlan = { cases: [], families: [], samples: [], extended: [], rows: [] };
  const withdrawn = new Set(known.withdrawn);
  const samples = new Map(known.samples.map((sample) => [sample.code, sample]));
  /** Profiles that the batch writes, by the code of their sample. */
  const written = new Map<string, NewSample | ExtendedSample>();
  const families = namedFamilies(known.families);

  for (const outcome of outcomes) plan.rows.push(planRow(outcome));
  return plan;

  function planRow(outcome: RowOutcome): RowReport {
    const { row } = outcome;
    if ('faults' in outcome) return refused(row, outcome.sampleId, outcome.faults);
    const { person } = outcome;
    const { sampleId, notes } = person;
    if (withdrawn.has(sampleId)) return refused(row, sampleId, [SAMPLE_WITHDRAWN]);
    const before = samples.get(sampleId);
    if (before) return planAgain(row, before, person);
    const against = checkRow(person, rules);
    if (known.withoutConsent.has(sampleId)) against.unshift(CONSENT_MISSING);
    if (against.length > 0) return refused(row, sampleId, against);
    const placed = side === 'relatives' ? placeRelative(person) : placeUnknown(person);
    if ('code' in placed) return refused(row, sampleId, [placed]);
    const { sex, relation, profile } = person;
    const { caseId, caseNumber, familyId, familyCode: family } = placed;
    const typed = { code: sampleId, sex, familyId, relation, profile, profileId: randomUUID() };
    const sample = { ...typed, id: randomUUID(), caseId };
    plan.samples.push(sample);
    written.set(sampleId, sample);
    samples.set(sampleId, { ...typed, sampleId: sample.id, family, caseNumber });
    return {
      row,
      sampleId,
      outcome: 'accepted',
      caseId: caseNumber,
      faults: [],
      notes: [...notes],
    };
  }

  function planAgain(row: number, before: KnownSample, person: PersonRow): RowReport {
    const { sampleId, notes } = person;
    const isTheirSide = (before.relation === null) === (side === 'unknowns');
    if (!isTheirSide || !isSamePerson(before, person) || before.profile === null) {
      return refused(row, sampleId, [SAMPLE_CONFLICT]);
    }
    const merged = mergeReplicate(before.profile, person.profile);
    const { profile, added, resolved, disagreeing } = merged;
    if (disagreeing.length > 0) return refused(row, sampleId, disagreeing.map(typingsDisagree));
    const news = [...added.map(isNew), ...resolved.map(isResolved)];
    const { caseNumber: caseId } = before;
    const report = { row, sampleId, caseId, faults: [], notes: [...notes, ...news] };
    if (news.length === 0) return { ...report, outcome: 'unchanged' };
    const against = checkSex(person);
    if (known.withoutConsent.has(sampleId)) against.unshift(CONSENT_MISSING);
    if (against.length > 0) return refused(row, sampleId, against);
    extend(before, profile);
    return { ...report, outcome: 'extended' };
  }

  /** What the batch writes already of the sample is written with the merged profile. */
  function extend(before: KnownSample, profile: Profile): void {
    const { code, sampleId: id, familyId, relation, profileId: supersedes } = before;
    const draft = written.get(code);
    if (draft) {
      draft.profile = profile;
    } else {
      const sample = { id, familyId, relation, profileId: randomUUID(), profile, supersedes };
      plan.extended.push(sample);
      written.set(code, sample);
    }
    samples.set(code, { ...before, profile });
  }

  function placeRelative({ family: code, relation }: PersonRow): Placed | Fault {
    if (code === null) return missing('family', 'name the family of the missing child');
    if (relation === null) return missing('relation', RELATION_WANTED);
    const family = findFamily(code);
    if (!family) return CASE_UNKNOWN;
    if (isAncestor(relation) && family.relations.has(relation)) return relativeExists(relation);
    family.relations.add(relation);
    const { id: familyId, code: familyCode, caseId, caseNumber } = family;
    return { caseId, caseNumber, familyId, familyCode };
  }

  function placeUnknown({ family, relation }: PersonRow): Placed | Fault {
    if (family !== null || relation !== null) {
      const field = family === null ? 'relation' : 'family';
      const message = 'a person of unknown origin has none; send relatives with side=relatives';
      return { field, code: 'FIELD_INVALID', message };
    }
    return { ...openCase('unknown-origin'), familyId: null, familyCode: null };
  }

  /** @returns undefined for the number of a case that no family has */
  function findFamily(code: string): FamilyDraft | undefined {
    const caseNumber = readCaseNumber(code);
    const known = families.get(code);
    return known ?? (caseNumber === null ? openFamily(code) : families.get(caseNumber));
  }

  function openFamily(code: string): FamilyDraft {
    const opened = openCase('missing-child');
    const family = { id: randomUUID(), code, ...opened, relations: new Set<Relation>() };
    plan.families.push({ id: family.id, code, caseId: family.caseId });
    families.set(code, family);
    return family;
  }

  function openCase(kind: NewCase['kind']): { caseId: string; caseNumber: string } {
    const opened = { id: randomUUID(), number: newCaseNumber(), kind, division };
    plan.cases.push(opened);
    return { caseId: opened.id, caseNumber: opened.number };
  }
}

/** Families by what a row may call them: the collection point's code, or the number of the case. */
function namedFamilies(known: readonly KnownFamily[]): Map<string, FamilyDraft> {
  const drafts = known.map((family) => ({ ...family, relations: new Set(family.relations) }));
  return new Map([
    ...drafts.map((family) => [family.caseNumber, family] as const),
    // A code of one's own counts first, should it look like the number of a case.
    ...drafts.flatMap((family) => (family.code === null ? [] : [[family.code, family] as const])),
  ]);
}

type Placed = {
  caseId: string;
  caseNumber: string;
  familyId: string | null;
  /** The collection point's own code of the family, whatever the row calls it. */
  familyCode: string | null;
};
type Fault = RowReport['faults'][number];
type Note = RowReport['notes'][number];

const SAMPLE_CONFLICT: Fault = {
  field: 'sample_id',
  code: 'SAMPLE_CONFLICT',
  message:
    'this sample is there with another content; whose it is never changes, so give a new one its own id',
};

function typingsDisagree(locus: Locus): Fault {
  return {
    field: locus,
    code: 'TYPINGS_DISAGREE',
    message:
      'this sample was typed otherwise here before, and that stays; type it again, and if the first typing was wrong, withdraw the sample and send the right one under an id of its own',
  };
}

const isNew = (locus: Locus): Note => ({ field: locus, message: 'new: it was not typed before' });
const isResolved = (locus: Locus): Note => ({
  field: locus,
  message: 'resolved: an allele of it was not exact before',
});

const SAMPLE_WITHDRAWN: Fault = {
  field: 'sample_id',
  code: 'SAMPLE_WITHDRAWN',
  message:
    'this sample was withdrawn; if the person consents again, take a new sample with its own id',
};

const CASE_UNKNOWN: Fault = {
  field: 'family',
  code: 'CASE_UNKNOWN',
  message:
    'no family has a case of this number; compare it with the card, or call a new family otherwise',
};

const CONSENT_MISSING: Fault = {
  field: 'sample_id',
  code: 'CONSENT_MISSING',
  message:
    'no consent stands for this sample; record it by POST /v1/consents and send the row again',
};

function isSamePerson(known: KnownSample, { sex, family, relation }: PersonRow): boolean {
  return known.sex === sex && known.relation === relation && isSameFamily(known, family);
}

/** Whoever opened a family may call it by their code, and everybody by the number of its case. */
function isSameFamily(
  { family, relation, caseNumber }: KnownSample,
  named: string | null,
): boolean {
  if (relation === null || named === null) return relation === null && named === null;
  return family === named || (caseNumber !== null && readCaseNumber(named) === caseNumber);
}

const RELATION_WANTED =
  'say what the person is to the missing child, such as father, mother or sibling';

function relativeExists(relation: Relation): Fault {
  const message = `the family has a ${relation} already; use another family code, or correct the relation`;
  return { field: 'relation', code: 'RELATIVE_EXISTS', message };
}

function missing(field: string, message: string): Fault {
  return { field, code: 'FIELD_MISSING', message };
}

function refused(row: number, sampleId: string | null, faults: readonly Fault[]): RowReport {
  return {
    row,
    sampleId: sampleId === null ? null : printable(sampleId),
    outcome: 'refused',
    caseId: null,
    faults: faults.map(({ field, ...fault }) => ({
      field: field === null ? null : printable(field),
      ...fault,
    })),
    notes: [],
  };
}

const MOST_CHARACTERS = 100;

/** What was sent, short and in characters that can be stored: no NUL, no half of a pair. */
function printable(text: string): string {
  const wellFormed = Buffer.from(text.slice(0, MOST_CHARACTERS)).toString();
  return wellFormed.replaceAll('\0', '\uFFFD');
}
