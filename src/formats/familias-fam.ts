import type { Pedigree } from '../kinship/index.ts';
import { HomewardError } from '../platform/errors.ts';
import {
  FAMILIAS_LIMITS,
  FAMILIAS_MODELS,
  type FamiliasLocus,
  type FamiliasMutation,
  type FamiliasPedigree,
  type FamiliasPerson,
  type FamiliasProject,
  isWithoutCycle,
  modelOf,
  mutationFault,
  nameExtras,
} from './familias-project.ts';

/** A project, and which sections of the file are not in it, by name: `DVI`, `Advanced` … */
export type FamiliasReading = {
  readonly project: FamiliasProject;
  readonly passedOver: readonly string[];
};

/**
 * Reads a project saved by Familias 3.2 or newer. Layout, and what is passed over:
 * docs/formats/familias.md.
 * @throws HomewardError CASE_INVALID with the line and what was expected there, never with names
 */
export function readFamiliasProject(text: string): FamiliasReading {
  if (text.length > FAMILIAS_LIMITS.characters) {
    throw new HomewardError(
      'CASE_INVALID',
      `The project is longer than ${FAMILIAS_LIMITS.characters} characters; split it.`,
    );
  }
  const lines = new Lines(text);
  readHeader(lines);
  const people = readPeople(lines);
  const pedigrees = readPedigrees(lines, people);
  const database = readDatabase(lines);
  const alleles = database.loci.map(({ frequencies }) => [...frequencies.keys()]);
  const typed = people.map((person) => resolveGenotypes(person, database.loci, alleles, lines));
  const passedOver = readSectionNames(lines);
  return { project: { people: typed, pedigrees, ...database }, passedOver };
}

const NUMBER = /^[+-]?(?:\d+(?:[.,]\d*)?|[.,]\d+)(?:e[+-]?\d+)?$/i;

/** The lines of the file one after another, each read as what has to stand there. */
class Lines {
  readonly #text: string;
  #at: number;
  #number = 0;

  constructor(text: string) {
    this.#text = text;
    this.#at = text.startsWith('\uFEFF') ? 1 : 0;
  }

  /** The number of the line read last, counted from 1. */
  get number(): number {
    return this.#number;
  }

  get isAtEnd(): boolean {
    return this.#at >= this.#text.length;
  }

  refuse(expected: string, number = this.#number): never {
    throw new HomewardError(
      'CASE_INVALID',
      `line ${number}: expected ${expected}. Mend the line, or open the project in Familias 3 and save it again.`,
    );
  }

  peek(): string {
    const end = this.#text.indexOf('\n', this.#at);
    return this.#text.slice(this.#at, end < 0 ? undefined : end).trim();
  }

  read(expected: string): string {
    this.#number++;
    if (this.isAtEnd) this.refuse(`${expected}, but the file ends`);
    const line = this.peek();
    const end = this.#text.indexOf('\n', this.#at);
    this.#at = end < 0 ? this.#text.length : end + 1;
    return line;
  }

  readQuoted(what: string): string {
    const expected = `${what}, in quotes`;
    const quoted = /^"([^"\r]*)"$/.exec(this.read(expected)) ?? this.refuse(expected);
    return quoted[1]!;
  }

  readName(what: string, taken: { has(name: string): boolean }): string {
    const name = this.readQuoted(what);
    if (name === '' || taken.has(name)) this.refuse(`${what}, not empty and not used before`);
    return name;
  }

  readFlag(what: string): boolean {
    const expected = `${what}, #TRUE# or #FALSE#`;
    const flag = this.read(expected);
    if (flag !== '#TRUE#' && flag !== '#FALSE#') this.refuse(expected);
    return flag === '#TRUE#';
  }

  readWhole(what: string, most: number): number {
    const expected = `${what}, a whole number from 0 to ${most}`;
    return parseWhole(this.read(expected), most) ?? this.refuse(expected);
  }

  /** How many things follow, which take so many lines each: there must be room for them. */
  readCount(what: string, linesEach: number, most = FAMILIAS_LIMITS.characters): number {
    const count = this.readWhole(what, most);
    this.requireRoom(what, count * linesEach);
    return count;
  }

  requireRoom(what: string, lines: number): void {
    // A line has a character and an end; the end of the last may be missing.
    const room = (this.#text.length - this.#at + 1) / 2;
    if (lines > room) this.refuse(`${what}, of which the file holds fewer`);
  }

  readShare(what: string): number {
    const expected = `${what}, a number from 0 to 1`;
    return parseShare(this.read(expected)) ?? this.refuse(expected);
  }
}

function parseWhole(text: string, most: number): number | undefined {
  const number = /^\d{1,9}$/.test(text) ? Number(text) : Infinity;
  return number <= most ? number : undefined;
}

function parseShare(text: string): number | undefined {
  const number = NUMBER.test(text) ? Number(text.replace(',', '.')) : NaN;
  return number >= 0 && number <= 1 ? number : undefined;
}

const OLDEST_MINOR_VERSION = 2;

function readHeader(lines: Lines): void {
  const first = '"Output from Familias, version …" (PLINK and Cyrillic files are called .fam, too)';
  if (!/^"Output from Familias\b.*"$/.test(lines.read(first))) lines.refuse(first);
  lines.readQuoted('a remark');
  const version = `the version, 3.${OLDEST_MINOR_VERSION} or newer: older files are laid out differently`;
  const [, minor] = /^3\.(\d{1,4})(?:\.\d+)*(?: \(DVI\))?$/.exec(lines.read(version)) ?? [];
  if (Number(minor ?? 0) < OLDEST_MINOR_VERSION) lines.refuse(version);
  if (lines.peek().startsWith('"')) lines.readQuoted('a remark');
}

/** A genotype by places: the loci come only after the people. */
type PlacedGenotype = {
  readonly alleles: readonly [number, number];
  readonly locus: number;
  readonly line: number;
};

type PlacedPerson = Omit<FamiliasPerson, 'genotypes' | 'sex'> & {
  readonly sex: 'female' | 'male';
  readonly genotypes: readonly PlacedGenotype[];
};

function readPeople(lines: Lines): PlacedPerson[] {
  const taken = new Set<string>();
  const count = lines.readCount('the number of people', 6, FAMILIAS_LIMITS.people);
  return Array.from({ length: count }, () => {
    const id = lines.readName('the name of a person', taken);
    taken.add(id);
    lines.readFlag('a mark of the person');
    const birth = 'the year of birth or -1, followed by (Consider dropouts) where Familias does so';
    const [, dropOut] =
      /^(?:-1|\d{1,4})( ?\(Consider dropouts\))?$/.exec(lines.read(birth)) ?? lines.refuse(birth);
    lines.readFlag('a mark of the person');
    const sex = lines.readFlag('whether the person is male') ? 'male' : 'female';
    const genotypes = readGenotypes(lines);
    return { id, sex, considersDropOut: dropOut !== undefined, genotypes };
  });
}

function readGenotypes(lines: Lines): PlacedGenotype[] {
  const count = lines.readCount('the number of loci typed', 3);
  return Array.from({ length: count }, () => {
    const place = () => lines.readWhole('the place of an allele', FAMILIAS_LIMITS.characters);
    const line = lines.number + 1;
    const alleles = [place(), place()] as const;
    return { alleles, locus: lines.readWhole('the place of a locus', FAMILIAS_LIMITS.loci), line };
  });
}

/** @param alleles the names of the alleles, by the place of the locus */
function resolveGenotypes(
  person: PlacedPerson,
  loci: readonly FamiliasLocus[],
  alleles: readonly (readonly string[])[],
  lines: Lines,
): FamiliasPerson {
  const genotypes = new Map<string, readonly [string, string]>();
  for (const placed of person.genotypes) {
    const { name } = loci[placed.locus] ?? lines.refuse(LOCUS_PLACE, placed.line + 2);
    if (genotypes.has(name)) lines.refuse('a locus once for each person', placed.line + 2);
    const names = placed.alleles.map(
      (place, nth) =>
        alleles[placed.locus]![place] ?? lines.refuse(ALLELE_PLACE, placed.line + nth),
    );
    genotypes.set(name, [names[0]!, names[1]!]);
  }
  return { ...person, genotypes };
}

const LOCUS_PLACE = 'the place of a locus in the database, counted from 0';
const ALLELE_PLACE = 'the place of an allele at its locus, counted from 0; one allele alone is not read'; // prettier-ignore

/** The places of parents by the place of their child; undefined where none is stated. */
type Parents = Readonly<Record<'fathers' | 'mothers', (number | undefined)[]>>;
type Sexes = readonly ('female' | 'male')[];

function readPedigrees(lines: Lines, people: readonly PlacedPerson[]): FamiliasPedigree[] {
  if (lines.readQuoted('"Known relations"') !== 'Known relations') {
    lines.refuse('"Known relations", right after the people');
  }
  const everybody = [...people.map(({ sex }) => sex), ...readExtras(lines)];
  const known = readRelations(lines, everybody, { fathers: [], mothers: [] });
  const count = lines.readCount('the number of pedigrees', 5, FAMILIAS_LIMITS.pedigrees);
  const isKnown =
    everybody.length > people.length || known.fathers.length + known.mothers.length > 0;
  if (count === 0 && isKnown) {
    return [makePedigree('Known relations', people, everybody, known, lines)];
  }
  const pedigrees = new Map<number, FamiliasPedigree>();
  let members = 0;
  for (let nth = 0; nth < count; nth++) {
    const place = lines.readWhole('the place of the pedigree', count - 1);
    if (pedigrees.has(place)) lines.refuse('a place that no pedigree before has');
    const name = lines.readQuoted('the name of the pedigree');
    const sexes = [...everybody, ...readExtras(lines)];
    members += sexes.length;
    if (members > FAMILIAS_LIMITS.members) {
      lines.refuse(`at most ${FAMILIAS_LIMITS.members} members in all pedigrees together`);
    }
    const parents = readRelations(lines, sexes, known);
    pedigrees.set(place, makePedigree(name, people, sexes, parents, lines));
  }
  return Array.from({ length: count }, (_, place) => pedigrees.get(place)!);
}

/** The sexes of extra people, females first, as the places in relations count them. */
function readExtras(lines: Lines): Sexes {
  const females = lines.readWhole('the number of extra females', FAMILIAS_LIMITS.extras);
  const males = lines.readWhole('the number of extra males', FAMILIAS_LIMITS.extras);
  return [...Array<'female'>(females).fill('female'), ...Array<'male'>(males).fill('male')];
}

/** Adds the relations that stand next to those known before. */
function readRelations(lines: Lines, sexes: Sexes, known: Parents): Parents {
  const parents = { fathers: [...known.fathers], mothers: [...known.mothers] };
  const count = lines.readCount('the number of relations', 2);
  for (let nth = 0; nth < count; nth++) {
    if (/direct|identi/i.test(lines.peek())) {
      lines.read('a relation');
      lines.refuse('a parent: that two people are one (Direct/Identity) is not read');
    }
    const parent = lines.readWhole('the place of a parent', sexes.length - 1);
    const child = lines.readWhole('the place of a child', sexes.length - 1);
    const side = sexes[parent] === 'male' ? parents.fathers : parents.mothers;
    if ((side[child] ?? parent) !== parent) lines.refuse('a child with one father and one mother');
    side[child] = parent;
  }
  return parents;
}

function makePedigree(
  name: string,
  people: readonly PlacedPerson[],
  sexes: Sexes,
  { fathers, mothers }: Parents,
  lines: Lines,
): FamiliasPedigree {
  const extraSexes = sexes.slice(people.length);
  const males = extraSexes.filter((sex) => sex === 'male').length;
  const females = extraSexes.length - males;
  const extras = nameExtras(females, males, new Set(people.map(({ id }) => id)));
  const next = { female: 0, male: females };
  const ids = sexes.map((sex, place) => people[place]?.id ?? extras[next[sex]++]!.id);
  const nameOf = (place: number | undefined) => (place === undefined ? null : ids[place]!);
  const members: Pedigree = sexes.map((sex, place) => ({
    id: ids[place]!,
    father: nameOf(fathers[place]),
    mother: nameOf(mothers[place]),
    sex,
  }));
  if (!isWithoutCycle(members)) lines.refuse('a pedigree in which nobody is their own ancestor');
  const added = members.slice(people.length);
  const ofSex = (wanted: 'female' | 'male') => added.filter(({ sex }) => sex === wanted);
  return {
    name,
    members: [...members.slice(0, people.length), ...ofSex('female'), ...ofSex('male')],
  };
}

type Database = Omit<FamiliasProject, 'people' | 'pedigrees'>;

const DATABASES = /^#FALSE#\s+\(#Databases:\s*1\s*;\s*Theta\/Kinship\/Fst:\s*([^\s)]+)\s*\)$/;

function readDatabase(lines: Lines): Database {
  const expected = '#FALSE# (#Databases: 1 ;Theta/Kinship/Fst: …), from a project saved without computed probabilities and with one database'; // prettier-ignore
  const [, written = ''] = DATABASES.exec(lines.read(expected)) ?? lines.refuse(expected);
  const theta = parseShare(written) ?? 1;
  if (theta === 1) lines.refuse('a theta from 0 to below 1');
  const count = lines.readCount('the number of loci', 15, FAMILIAS_LIMITS.loci);
  const isNamed = lines.readFlag('whether the database has a name');
  const databaseName = isNamed ? lines.readQuoted('the name of the database') : null;
  const taken = new Set<string>();
  const loci = Array.from({ length: count }, () => {
    const locus = readLocus(lines, taken);
    taken.add(locus.name);
    return locus;
  });
  return { loci, theta, databaseName };
}

function readLocus(lines: Lines, taken: ReadonlySet<string>): FamiliasLocus {
  const name = lines.readName('the name of a locus', taken);
  // Of every pair of lines the first is the females', the second the males'.
  const pair = <Value>(read: () => Value) => ({ female: read(), male: read() });
  const rate = pair(() => lines.readShare('a mutation rate'));
  const model = pair(() => lines.readWhole('the number of a mutation model', FAMILIAS_MODELS - 1));
  const allAlleles = lines.readWhole('the number of alleles', FAMILIAS_LIMITS.characters);
  const range = pair(() => lines.readShare('a mutation range'));
  const rate2 = pair(() => lines.readShare('a second mutation rate'));
  const mutation = (sex: 'female' | 'male'): FamiliasMutation => {
    const stated = { rate: rate[sex], rate2: rate2[sex], range: range[sex] };
    const read = { ...modelOf(model[sex], stated.rate), ...stated };
    const fault = mutationFault(read);
    return fault === undefined ? read : lines.refuse(`${fault}, for ${sex}s of the locus above`);
  };
  const mutations = { male: mutation('male'), female: mutation('female') };
  const hasSilent = lines.readFlag('whether there is a silent allele');
  const silentFrequency = lines.readShare('the frequency of the silent allele');
  if (hasSilent ? silentFrequency === 1 : silentFrequency > 0) {
    lines.refuse('a frequency below 1 where there is a silent allele, and 0 where there is none');
  }
  const { alleles, ...rest } = readLocusLine(lines);
  if (alleles + (hasSilent ? 1 : 0) !== allAlleles) {
    lines.refuse('as many alleles as before, where a silent one is counted too');
  }
  const frequencies = readFrequencies(lines, alleles);
  return { name, frequencies, ...mutations, silentFrequency, ...rest };
}

type LocusLine = Pick<FamiliasLocus, 'databaseSize' | 'dropOut' | 'minimumFrequency'> & {
  readonly alleles: number;
};

/** The line of the kind `12 (DatabaseSize = 600 , Dropout probability = 0 , …)`. */
function readLocusLine(lines: Lines): LocusLine {
  const expected = 'the number of alleles, followed by (DatabaseSize = … , Dropout probability = … , Minor allele frequency = … )'; // prettier-ignore
  const [, count = '', stated] =
    /^(\d+)(?:\s*\((.*)\))?$/.exec(lines.read(expected)) ?? lines.refuse(expected);
  const alleles = parseWhole(count, FAMILIAS_LIMITS.characters) ?? 0;
  if (alleles === 0) lines.refuse('a locus with an allele');
  lines.requireRoom('the number of alleles', alleles * 2);
  const values = new Map<string, string>();
  for (const part of stated === undefined ? [] : stated.split(/\s+,\s*/)) {
    const [, key = '', value = ''] =
      /^\s*(DatabaseSize|Dropout probability|Minor allele frequency)\s*=\s*(\S+)\s*$/.exec(part) ??
      lines.refuse(expected);
    values.set(key, value);
  }
  const share = (key: string): number => {
    const value = parseShare(values.get(key) ?? '0') ?? 1;
    return value < 1 ? value : lines.refuse(`a ${key} from 0 to below 1`);
  };
  const size = values.get('DatabaseSize');
  const databaseSize = size === undefined ? null : (parseWhole(size, 999_999_999) ?? 0);
  if (databaseSize === 0) lines.refuse('a DatabaseSize of at least 1');
  return {
    alleles,
    databaseSize,
    dropOut: share('Dropout probability'),
    minimumFrequency: share('Minor allele frequency'),
  };
}

function readFrequencies(lines: Lines, count: number): ReadonlyMap<string, number> {
  const frequencies = new Map<string, number>();
  for (let nth = 0; nth < count; nth++) {
    const allele = lines.readName('the name of an allele', frequencies);
    const frequency = lines.readShare('the frequency of an allele');
    if (frequency === 0) lines.refuse('a frequency above 0');
    frequencies.set(allele, frequency);
  }
  return frequencies;
}

/** What follows the database stands in sections with headings in brackets. */
function readSectionNames(lines: Lines): string[] {
  const names: string[] = [];
  while (!lines.isAtEnd) {
    const line = lines.read('a section');
    const heading = /^\[([^[\]]+)\]$/.exec(line);
    if (heading) names.push(heading[1]!);
    else if (names.length === 0 && line !== '') lines.refuse('the end of the database');
  }
  return names;
}
