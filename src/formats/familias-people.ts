import { setImmediate } from 'node:timers/promises';
import type { PedigreeMember } from '../kinship/index.ts';
import { readFamiliasProject } from './familias-fam.ts';
import type { FamiliasPedigree, FamiliasPerson, FamiliasProject } from './familias-project.ts';
import { membersById, relationsTo } from './pedigree-relation.ts';
import { type PersonFields, outcomeOf, readPersonRow, SAMPLE_CODE } from './person-row.ts';
import type { RowFault, RowNote, RowOutcome } from './row.ts';
import { isSexMarker } from './sex-marker.ts';

/**
 * Reads the typed people of a Familias project, with the number of each among all people as their row. Who has
 * relatives there gets family and relation from the only pedigree, which is named by the family's code, and in
 * which the missing child is the only untyped person but extras; anything else is refused by row. Who has no
 * relatives gets neither.
 * @throws HomewardError CASE_INVALID with the line
 */
export async function* readFamiliasPeople(text: string): AsyncGenerator<RowOutcome> {
  const { project, passedOver } = readFamiliasProject(text);
  const notes = passedOver.includes('DVI') ? [DVI_PASSED_OVER] : [];
  const placeOf = makePlacing(project);
  for (const [place, person] of project.people.entries()) {
    if (person.genotypes.size === 0) continue;
    yield readPerson(place + 1, person, placeOf(person.id), notes);
    if (place % PEOPLE_A_TURN === 0) await setImmediate();
  }
}

const PEOPLE_A_TURN = 200;

const DVI_PASSED_OVER: RowNote = {
  field: '[DVI]',
  message: 'the section of the project is not read: people in it are not among the rows',
};

const DROP_OUT: RowNote = {
  field: 'Consider dropouts',
  message:
    'kept as it is typed; alleles that dropped out are reckoned with only if the policy says so',
};

/** Where somebody belongs, as cells say it, and what keeps one from saying it. */
type Placing = Pick<PersonFields, 'family' | 'relation'> & { readonly faults: readonly RowFault[] };

const NOWHERE: Placing = { family: '', relation: '', faults: [] };

function readPerson(
  row: number,
  { id: sampleId, sex, genotypes, considersDropOut }: FamiliasPerson,
  { faults, ...placing }: Placing,
  notes: readonly RowNote[],
): RowOutcome {
  const typed = [...genotypes].filter(([locus]) => !isSexMarker(locus));
  const read = readPersonRow({
    ...{ sampleId, sex, kind: '', ...placing },
    genotypes: typed.map(([locus, alleles]) => ({ locus, field: locus, alleles })),
  });
  if (faults.length > 0) {
    return { row, sampleId, faults: [...faults, ...('profile' in read ? [] : read)] };
  }
  if (!('profile' in read)) return outcomeOf(row, sampleId, read);
  const more = considersDropOut ? [DROP_OUT, ...notes] : notes;
  return outcomeOf(row, sampleId, { ...read, notes: [...read.notes, ...more] });
}

/** Says of each person where they belong. */
function makePlacing({ people, pedigrees }: FamiliasProject): (id: string) => Placing {
  const related = new Set(pedigrees.flatMap(({ members }) => relatedIn(members)));
  const [pedigree, ...others] = pedigrees;
  if (!pedigree || related.size === 0) return () => NOWHERE;
  if (others.length > 0) {
    const fault = familyFault(
      `the project has ${pedigrees.length} pedigrees, and a family is one; keep the one that holds`,
    );
    return (id) => (related.has(id) ? { ...NOWHERE, faults: [fault] } : NOWHERE);
  }
  const place = placeIn(pedigree, people);
  return (id) => (related.has(id) ? place(id) : NOWHERE);
}

/** Who is anybody's parent or child. */
function relatedIn(members: readonly PedigreeMember[]): string[] {
  return members.flatMap(({ id, father, mother }) =>
    father === null && mother === null ? [] : [id, father, mother].filter((one) => one !== null),
  );
}

/** What Familias and its users call a pedigree of no family: as a code it would bring strangers together. */
const NO_NAME = /^(ped(igree)?|h(ypothesis)?|known relations)[ _-]?\d*$/i;

function placeIn(
  { name, members: pedigree }: FamiliasPedigree,
  people: readonly FamiliasPerson[],
): (id: string) => Placing {
  const isCode = SAMPLE_CODE.test(name) && !NO_NAME.test(name);
  const faults = isCode ? [] : [familyFault("name the pedigree by the family's code, such as F-0017")]; // prettier-ignore
  const members = membersById(pedigree);
  const child = findMissing(members, people);
  return (id) => {
    const member = members.get(id);
    const [relation, ...more] = child && member ? relationsTo(members, child, member) : [];
    if (!child) return { ...NOWHERE, faults: [...faults, CHILD_UNCLEAR] };
    if (relation === undefined || more.length > 0) {
      return { ...NOWHERE, faults: [...faults, RELATION_UNCLEAR] };
    }
    return { family: isCode ? name : '', relation, faults };
  };
}

/** The only untyped person of the project to whom somebody typed is anything; extras have no name and are nobody. */
function findMissing(
  members: ReadonlyMap<string, PedigreeMember>,
  people: readonly FamiliasPerson[],
): PedigreeMember | null {
  const isTyped = new Set(people.flatMap(({ id, genotypes }) => (genotypes.size > 0 ? [id] : [])));
  const childrenOf = typedChildren(members, isTyped);
  const found = people.flatMap(({ id }) => {
    const child = members.get(id);
    if (!child || isTyped.has(id)) return [];
    const ancestors = ancestorsOf(members, child);
    const near = [
      ...ancestors.filter((ancestor) => isTyped.has(ancestor.id)),
      ...ancestors.flatMap((ancestor) => childrenOf.get(ancestor.id) ?? []),
    ];
    return near.some((member) => relationsTo(members, child, member).length > 0) ? [child] : [];
  });
  return found.length === 1 ? found[0]! : null;
}

/** By parent: to compare everybody with everybody would take seconds in a project of thousands. */
function typedChildren(
  members: ReadonlyMap<string, PedigreeMember>,
  isTyped: ReadonlySet<string>,
): ReadonlyMap<string, readonly PedigreeMember[]> {
  const children = new Map<string, PedigreeMember[]>();
  for (const member of members.values()) {
    if (!isTyped.has(member.id)) continue;
    for (const parent of [member.father, member.mother]) {
      if (parent === null) continue;
      const known = children.get(parent);
      if (known) known.push(member);
      else children.set(parent, [member]);
    }
  }
  return children;
}

/** Parents and grandparents. */
function ancestorsOf(
  members: ReadonlyMap<string, PedigreeMember>,
  child: PedigreeMember,
): PedigreeMember[] {
  const parentsOf = ({ father, mother }: PedigreeMember): PedigreeMember[] =>
    [father, mother].flatMap((id) => (id === null ? [] : (members.get(id) ?? [])));
  const parents = parentsOf(child);
  return [...parents, ...parents.flatMap(parentsOf)];
}

function familyFault(message: string): RowFault {
  return { field: 'family', code: 'FAMILY_UNCLEAR', message };
}

const CHILD_UNCLEAR: RowFault = {
  field: 'relation',
  code: 'RELATION_UNCLEAR',
  message:
    'one untyped person of the pedigree must be the missing child, and here it is nobody or any of several; ' +
    'draw the child, and make other untyped people extra persons of the pedigree',
};

const RELATION_UNCLEAR: RowFault = {
  field: 'relation',
  code: 'RELATION_UNCLEAR',
  message:
    'in the pedigree this person is not one thing to the missing child that relatives may be here; ' +
    'send the person in a CSV with the columns family and relation',
};
