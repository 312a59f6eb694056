import {
  calculationRequest,
  type CalculationInput,
  type ComparedPersonJson,
} from '../../casework/likelihood-ratios/calculation.schema.ts';
import type { NamedTable } from '../../casework/likelihood-ratios/calculation-document.ts';
import { expandQuestion } from '../../casework/likelihood-ratios/question.ts';
import type { PolicyDocument } from '../../casework/policies/policy.schema.ts';
import { FAMILY_RELATIONS, RELATIONSHIPS } from '../../kinship/index.ts';
import { HomewardError } from '../../platform/errors.ts';
import { parseAs, readJson, readNamedTables, readPolicy } from '../input.ts';
import { readFamiliasRequest } from './familias.ts';
import type { LrForm, LrOptions } from './options.ts';
import { describePerson, type People, readFiles } from './people.ts';

/** What is to be computed, in which populations, and what a reader of the report should know. */
export type LrRequest = {
  readonly calculation: CalculationInput;
  readonly tables: readonly NamedTable[];
  readonly notes: readonly string[];
  /** Rows of the files that could not be read; each was said. */
  readonly refused: number;
};

/** A question as a file may hold it; tables come from files. */
const calculationFile = calculationRequest.omit({ frequencyTables: true });

/** Where the people and the question come from, before anything is checked. */
type Source = { readonly content: unknown; readonly name: string };

/**
 * Reads the question that the options put.
 * @throws HomewardError ARGUMENT_INVALID, CALCULATION_INVALID, and what reading the files throws
 */
export async function readRequest(form: LrForm, options: LrOptions): Promise<LrRequest> {
  const policy = await readPolicy(options.policy);
  if (form === 'fam') {
    const { content, tables, notes, name } = await readFamiliasRequest(options.fam!);
    return { calculation: complete({ content, name }, options, policy), tables, notes, refused: 0 };
  }
  const { frequencies, profiles } = options;
  if (frequencies === undefined || (profiles === undefined && form !== 'calculation')) {
    const needed = form === 'calculation' ? '--frequencies' : '--profiles and --frequencies';
    throw new HomewardError('ARGUMENT_INVALID', `Give ${needed} with --${form}.`);
  }
  const tables = await readNamedTables(frequencies);
  if (form === 'calculation') {
    const name = options.calculation!;
    const calculation = complete({ content: await readJson(name), name }, options, policy);
    return { calculation, tables, notes: [], refused: 0 };
  }
  const { people, refused } = await readFiles(profiles ?? []);
  const asked = form === 'child' ? askFamily(options, people) : askRelationships(options, people);
  const { dropOut } = policy;
  const content = { ...asked, people: asked.people.map((person) => ({ ...person, dropOut })) };
  const calculation = complete({ content, name: `--${form}` }, options, policy);
  return { calculation, tables, notes: [], refused };
}

/** A question about people of the files. */
type AskedPeople = { readonly people: readonly object[]; readonly question: object };

/** «Is this the child of this family?» */
function askFamily(options: LrOptions, people: People): AskedPeople {
  const { child = '', relative = [], father, mother, parent } = options;
  const parents = Object.entries({ father, mother, parent }).flatMap(([relation, id]) =>
    id === undefined ? [] : [{ relation, id }],
  );
  const relatives = [...parents, ...relative.map(readRelative)];
  if (relatives.length === 0) {
    throw new HomewardError(
      'ARGUMENT_INVALID',
      'Name a relative of the child at least: --father, --mother, --parent or --relative.',
    );
  }
  const ids = [child, ...relatives.map(({ id }) => id)];
  if (new Set(ids).size < ids.length) {
    throw new HomewardError('ARGUMENT_INVALID', 'Child and relatives must be different samples.');
  }
  return {
    people: ids.map((id) => describePerson(people, id)),
    question: { kind: 'family', person: child, relatives },
  };
}

function readRelative(text: string): { relation: string; id: string } {
  const [relation, id] = splitAt(text, text.indexOf('='));
  if (FAMILY_RELATIONS.some((name) => name === relation) && id !== '') return { relation, id };
  throw new HomewardError(
    'ARGUMENT_INVALID',
    `--relative ${text}: write relation=sample with one of ${FAMILY_RELATIONS.join(', ')}.`,
  );
}

/** «How are these two related?» */
function askRelationships(
  { relationship = [], people: samples = [] }: LrOptions,
  people: People,
): AskedPeople {
  const unknown = relationship.find((name) => !RELATIONSHIPS.some((known) => known === name));
  if (unknown !== undefined) {
    throw new HomewardError(
      'ARGUMENT_INVALID',
      `--relationship ${unknown}: write one or several of ${RELATIONSHIPS.join(', ')}.`,
    );
  }
  const [a, b, ...more] = samples;
  if (a === undefined || b === undefined || more.length > 0 || a === b) {
    throw new HomewardError('ARGUMENT_INVALID', 'Name two different samples: --people A B.');
  }
  return {
    people: [a, b].map((id) => describePerson(people, id)),
    question: { kind: 'relationships', people: [a, b], relationships: [...new Set(relationship)] },
  };
}

/** The calculation in full: what the source leaves open comes from the options and the policy. */
function complete(
  { content, name }: Source,
  options: LrOptions,
  policy: PolicyDocument,
): CalculationInput {
  const complaint = `${name} is not a calculation that can be computed.`;
  const asked = parseAs(calculationFile, content, 'CALCULATION_INVALID', complaint);
  if (asked.parameters && options.policy !== undefined) {
    throw new HomewardError(
      'ARGUMENT_INVALID',
      `${name} brings its own parameters; leave out --policy, or the parameters.`,
    );
  }
  const { parameters = policy.params } = asked;
  const { theta = parameters.theta } = options;
  const people = withKits(withDropOut(asked.people, options.dropOut), options.kit);
  return {
    people,
    ...expandQuestion(asked.question, people, options.priors ?? asked.priors),
    parameters: { ...parameters, theta },
  };
}

function withDropOut(
  people: readonly ComparedPersonJson[],
  given: readonly string[] = [],
): ComparedPersonJson[] {
  return withEach(people, '--drop-out', given, (person, value) => {
    const dropOut = value === '' ? NaN : Number(value);
    if (dropOut >= 0 && dropOut < 1) return { ...person, dropOut };
    throw new HomewardError(
      'ARGUMENT_INVALID',
      '--drop-out: write sample=d with a probability d of at least 0 and below 1.',
    );
  });
}

function withKits(
  people: readonly ComparedPersonJson[],
  given: readonly string[] = [],
): ComparedPersonJson[] {
  return withEach(people, '--kit', given, (person, kit) => {
    if (kit !== '') return { ...person, kit };
    throw new HomewardError('ARGUMENT_INVALID', '--kit: write sample=kit.');
  });
}

function withEach(
  people: readonly ComparedPersonJson[],
  option: string,
  given: readonly string[],
  change: (person: ComparedPersonJson, value: string) => ComparedPersonJson,
): ComparedPersonJson[] {
  const values = new Map(given.map((text) => splitAt(text, text.lastIndexOf('='))));
  const stranger = [...values.keys()].find((id) => !people.some((person) => person.id === id));
  if (stranger !== undefined) {
    throw new HomewardError('ARGUMENT_INVALID', `${option}: nobody compared is ${stranger}.`);
  }
  return people.map((person) => {
    const value = values.get(person.id);
    return value === undefined ? person : change(person, value);
  });
}

function splitAt(text: string, place: number): [string, string] {
  return place < 0 ? [text, ''] : [text.slice(0, place), text.slice(place + 1)];
}
