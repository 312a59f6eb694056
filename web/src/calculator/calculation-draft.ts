import type { paths } from '../api/schema.d.ts';
import { splitAlleles, type WrittenProfile } from './read-profiles.ts';

type Route = paths['/v1/likelihood-ratios']['post'];
export type CalculationRequest = Route['requestBody']['content']['application/json'];
export type CalculationResult = Route['responses'][200]['content']['application/json'];
type Question = CalculationRequest['question'];
export type Relationship = Extract<Question, { kind: 'relationships' }>['relationships'][number];
export type FamilyRelation = Extract<Question, { kind: 'family' }>['relatives'][number]['relation'];
export type Sex = 'male' | 'female' | 'unknown';

export const RELATIONSHIPS = [
  'parent-child',
  'full-siblings',
  'paternal-half-siblings',
  'maternal-half-siblings',
  'grandparent',
  'avuncular',
  'first-cousins',
  'identical',
] as const satisfies readonly Relationship[];

/** What may be asked: how two are related, or whether somebody is the child of a family. */
export const ASKED = ['both-parents', ...RELATIONSHIPS, 'family'] as const;
export type Asked = (typeof ASKED)[number];

export const RELATIONS = [
  'father',
  'mother',
  'sibling',
  'paternal-half-sibling',
  'maternal-half-sibling',
  'paternal-grandfather',
  'paternal-grandmother',
  'maternal-grandfather',
  'maternal-grandmother',
  'paternal-uncle',
  'paternal-aunt',
  'maternal-uncle',
  'maternal-aunt',
] as const satisfies readonly FamilyRelation[];
export type Relation = (typeof RELATIONS)[number];

export type DraftPerson = {
  readonly id: string;
  readonly sex: Sex;
  /** To the missing child, where a family is asked about. */
  readonly relation: Relation;
  /** By locus, as it was typed. */
  readonly genotypes: Readonly<Record<string, string>>;
};

/** What stands in the form. Of `people` those count whom the question has a place for. */
export type Draft = {
  readonly asked: Asked;
  readonly against: Relationship | 'unrelated';
  readonly people: readonly DraftPerson[];
  readonly loci: readonly string[];
};

export const MOST_PEOPLE = 8;

export function emptyDraft(loci: readonly string[]): Draft {
  const people = [addedPerson([]), addedPerson(['P1'])];
  return { asked: 'parent-child', against: 'unrelated', people, loci };
}

/** Whom the question has a place for, in its order. */
export function peopleOf({ asked, people }: Draft): readonly DraftPerson[] {
  if (asked === 'family') return people;
  return people.slice(0, asked === 'both-parents' ? 3 : 2);
}

/** Another person, under a name that nobody has yet. */
export function addedPerson(ids: readonly string[]): DraftPerson {
  const numbers = Array.from({ length: ids.length + 1 }, (_, place) => `P${place + 1}`);
  const id = numbers.find((one) => !ids.includes(one)) ?? '';
  return { id, sex: 'unknown', relation: ids.length === 2 ? 'mother' : 'father', genotypes: {} };
}

/** The draft with room for everybody whom its question asks for. */
export function askFor(draft: Draft, asked: Asked): Draft {
  const { people } = draft;
  const isShort = asked === 'both-parents' && people.length < 3;
  const all = isShort ? [...people, addedPerson(people.map(({ id }) => id))] : people;
  return { ...draft, asked, people: all };
}

/** What was pasted, laid into the people from one on; those whom the draft lacks are left out. */
export function layInto(draft: Draft, from: number, written: readonly WrittenProfile[]): Draft {
  const most = draft.asked === 'family' ? MOST_PEOPLE : peopleOf(draft).length;
  const people = [...draft.people];
  for (const [at, { id, genotypes }] of written.slice(0, most - from).entries()) {
    const place = from + at;
    const person = people[place] ?? addedPerson(people.map((one) => one.id));
    people[place] = { ...person, id: id ?? person.id, genotypes: Object.fromEntries(genotypes) };
  }
  const loci = new Set([
    ...draft.loci,
    ...written.flatMap(({ genotypes }) => [...genotypes.keys()]),
  ]);
  return { ...draft, people, loci: [...loci] };
}

/** The rows of a kit, and those in which something stands. */
export function chooseLoci(draft: Draft, kit: readonly string[]): Draft {
  const typed = draft.loci.filter((locus) =>
    draft.people.some(({ genotypes }) => genotypes[locus]),
  );
  return { ...draft, loci: [...new Set([...kit, ...typed])] };
}

/** Why nothing can be asked yet, or null. */
export function whatIsMissing(draft: Draft): 'genotypes' | 'ids' | null {
  const people = peopleOf(draft);
  const ids = people.map(({ id }) => id.trim());
  if (ids.includes('') || new Set(ids).size < ids.length) return 'ids';
  return people.filter((one) => genotypesOf(one, draft.loci).length > 0).length < 2
    ? 'genotypes'
    : null;
}

/** The question as the service takes it, but for the parameters. */
export function toQuestion(
  draft: Draft,
  dropOut: number,
): Pick<CalculationRequest, 'people' | 'question'> {
  // prettier-ignore
  const people = peopleOf(draft);
  return {
    people: people.map((person, place) => ({
      id: person.id.trim(),
      sex: sexOf(draft, person, place),
      kit: null,
      dropOut,
      genotypes: Object.fromEntries(genotypesOf(person, draft.loci)),
    })),
    question: questionOf(draft, people),
  };
}

function genotypesOf({ genotypes }: DraftPerson, loci: readonly string[]): [string, string[]][] {
  return loci
    .map((locus): [string, string[]] => [locus, splitAlleles(genotypes[locus] ?? '')])
    .filter(([, alleles]) => alleles.length > 0);
}

/** What a relative is says their sex. */
function sexOf({ asked }: Draft, { sex }: DraftPerson, place: number): Sex {
  if (asked !== 'both-parents' || place === 0) return sex;
  return place === 1 ? 'male' : 'female';
}

function questionOf({ asked, against }: Draft, people: readonly DraftPerson[]): Question {
  const [first = '', second = '', third = ''] = people.map(({ id }) => id.trim());
  if (asked === 'both-parents') {
    const relatives = [
      { id: second, relation: 'father' as const },
      { id: third, relation: 'mother' as const },
    ];
    return { kind: 'family', person: first, relatives };
  }
  if (asked === 'family') {
    const relatives = people.slice(1).map(({ id, relation }) => ({ id: id.trim(), relation }));
    return { kind: 'family', person: first, relatives };
  }
  const pair = { kind: 'relationships' as const, people: [first, second] as [string, string] };
  return { ...pair, relationships: [asked], ...(against !== 'unrelated' && { against }) };
}

/** The place of the person who must have an allele from each of the others; null where none must. */
export function childPlace({ asked }: Draft): number | null {
  if (asked === 'both-parents' || asked === 'family') return 0;
  return asked === 'parent-child' ? 1 : null;
}
