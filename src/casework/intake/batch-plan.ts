import { randomUUID } from 'node:crypto';
import { isAncestor, type Relation } from '../../formats/relation.ts';
import type { PersonRow, RowOutcome } from '../../formats/row.ts';
import { type Profile, sameProfile, type Sex } from '../../kinship/index.ts';
import { newCaseNumber, readCaseNumber } from '../cases/case-number.ts';
import type { NewCase } from '../cases/cases.service.ts';
import type { RowReport, Side } from './batch.schema.ts';

/** What is there already of the people whom a batch names. */
export type KnownSample = {
  readonly code: string;
  readonly sex: Sex;
  /** Null also of a relative whose family another collection point opened. */
  readonly family: string | null;
  readonly relation: Relation | null;
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

/** Everything that a batch writes, and what it answers. */
export type BatchPlan = {
  readonly cases: Omit<NewCase, 'collectionPointId'>[];
  readonly families: NewFamily[];
  readonly samples: NewSample[];
  readonly rows: RowReport[];
};

type FamilyDraft = Omit<KnownFamily, 'relations'> & { relations: Set<Relation> };

/**
 * Decides what a batch changes, without touching anything: new people are accepted, those who are
 * there with the same content are unchanged, everything else is refused with a reason. A row that
 * repeats an earlier row of the batch is judged like one that repeats an earlier batch.
 */
export function planBatch(
  side: Side,
  division: string,
  outcomes: readonly RowOutcome[],
  known: Known,
): BatchPlan {
  const plan: BatchPlan = { cases: [], families: [], samples: [], rows: [] };
  const withdrawn = new Set(known.withdrawn);
  const samples = new Map(known.samples.map((sample) => [sample.code, sample]));
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
    if (before) {
      const otherSide = (before.relation === null) !== (side === 'unknowns');
      if (otherSide || !isSame(before, person)) return refused(row, sampleId, [SAMPLE_CONFLICT]);
      const { caseNumber: caseId } = before;
      return { row, sampleId, outcome: 'unchanged', caseId, faults: [], notes: [...notes] };
    }
    if (known.withoutConsent.has(sampleId)) return refused(row, sampleId, [CONSENT_MISSING]);
    const placed = side === 'relatives' ? placeRelative(person) : placeUnknown(person);
    if ('code' in placed) return refused(row, sampleId, [placed]);
    const { sex, family, relation, profile } = person;
    const ids = { id: randomUUID(), profileId: randomUUID() };
    const { caseId, caseNumber, familyId } = placed;
    plan.samples.push({ ...ids, code: sampleId, sex, caseId, familyId, relation, profile });
    samples.set(sampleId, { code: sampleId, sex, family, relation, profile, caseNumber });
    return {
      row,
      sampleId,
      outcome: 'accepted',
      caseId: caseNumber,
      faults: [],
      notes: [...notes],
    };
  }

  function placeRelative({ family: code, relation }: PersonRow): Placed | Fault {
    if (code === null) return missing('family', 'name the family of the missing child');
    if (relation === null) return missing('relation', RELATION_WANTED);
    const family = findFamily(code);
    if (!family) return CASE_UNKNOWN;
    if (isAncestor(relation) && family.relations.has(relation)) return relativeExists(relation);
    family.relations.add(relation);
    return { caseId: family.caseId, caseNumber: family.caseNumber, familyId: family.id };
  }

  function placeUnknown({ family, relation }: PersonRow): Placed | Fault {
    if (family !== null || relation !== null) {
      const field = family === null ? 'relation' : 'family';
      const message = 'a person of unknown origin has none; send relatives with side=relatives';
      return { field, code: 'FIELD_INVALID', message };
    }
    return { ...openCase('unknown-origin'), familyId: null };
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

type Placed = { caseId: string; caseNumber: string; familyId: string | null };
type Fault = RowReport['faults'][number];

const SAMPLE_CONFLICT: Fault = {
  field: 'sample_id',
  code: 'SAMPLE_CONFLICT',
  message:
    'this sample is there with another content; a sample never changes, so give a new one its own id',
};

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

function isSame(known: KnownSample, person: PersonRow): boolean {
  return (
    known.sex === person.sex &&
    known.relation === person.relation &&
    isSameFamily(known, person.family) &&
    known.profile !== null &&
    sameProfile(known.profile, person.profile)
  );
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
