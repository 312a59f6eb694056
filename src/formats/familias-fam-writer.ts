import type { Pedigree, PedigreeMember } from '../kinship/index.ts';
import { HomewardError } from '../platform/errors.ts';
import {
  FAMILIAS_LIMITS,
  type FamiliasLocus,
  type FamiliasMutation,
  type FamiliasPedigree,
  type FamiliasPerson,
  type FamiliasProject,
  isWithoutCycle,
  modelNumber,
  mutationFault,
  nameExtras,
} from './familias-project.ts';

/** The version whose files the layout was taken from: docs/formats/familias.md. */
const VERSION = '3.3.1';

/**
 * Writes a project as Familias 3 saves one, with all digits; `readFamiliasProject` gives back the
 * same project. Each line ends in a line feed.
 * @throws HomewardError CASE_INVALID for what Familias cannot hold; a person is told by place, not
 * by name
 */
export function writeFamiliasProject(project: FamiliasProject): string {
  const { people, pedigrees, loci } = project;
  requireWithinLimits(project);
  requireNames('person', people.map(({ id }) => id)); // prettier-ignore
  requireNames('locus', loci.map(({ name }) => name)); // prettier-ignore
  const lines = [
    quote(`Output from Familias, version ${VERSION}`),
    quote('Written by Homeward'),
    VERSION,
    quote(''),
    ...writePeople(people, loci),
    quote('Known relations'),
    ...['0', '0', '0'],
    `${pedigrees.length}`,
    ...pedigrees.flatMap((pedigree, place) => writePedigree(pedigree, place, people)),
    ...writeDatabase(project),
  ];
  const text = `${lines.join('\n')}\n`;
  if (text.length > FAMILIAS_LIMITS.characters) refuse('it is too long; write several projects');
  return text;
}

function refuse(what: string): never {
  throw new HomewardError('CASE_INVALID', `This cannot be written for Familias: ${what}.`);
}

function requireWithinLimits({ people, pedigrees, loci }: FamiliasProject): void {
  const members = pedigrees.reduce((sum, pedigree) => sum + pedigree.members.length, 0);
  const counts = { people: people.length, pedigrees: pedigrees.length, members, loci: loci.length };
  for (const [what, count] of Object.entries(counts)) {
    const most = FAMILIAS_LIMITS[what as keyof typeof counts];
    if (count > most) refuse(`${count} ${what}, more than ${most}; write several projects`);
  }
}

function requireNames(what: string, names: readonly string[]): void {
  const seen = new Set<string>();
  names.forEach((name, place) => {
    if (name === '' || seen.has(name)) {
      refuse(`the name of ${what} ${place + 1} is empty or used before; give it one of its own`);
    }
    if (!isQuotable(name)) refuse(`the name of ${what} ${place + 1} has a quote or a line break`);
    seen.add(name);
  });
}

function isQuotable(text: string): boolean {
  return !/["\r\n]/.test(text);
}

function quote(text: string): string {
  return isQuotable(text) ? `"${text}"` : refuse('a name with a quote or a line break in it');
}

function flag(value: boolean): string {
  return value ? '#TRUE#' : '#FALSE#';
}

/**
 * The shortest decimal that reads back as the same number, without an exponent: pedFamilias reads
 * theta and the numbers of a locus line only up to an `e`.
 */
function decimal(share: number): string {
  const [digits = '', exponent] = String(share).split('e-');
  if (exponent === undefined) return digits;
  return `0.${'0'.repeat(Number(exponent) - 1)}${digits.replace('.', '')}`;
}

function writePeople(
  people: readonly FamiliasPerson[],
  loci: readonly FamiliasLocus[],
): readonly string[] {
  const places = new Map(
    loci.map(({ name, frequencies }, place) => {
      const alleles = [...frequencies.keys()].map((allele, at) => [allele, at] as const);
      return [name, { place, alleles: new Map(alleles) }];
    }),
  );
  const writeGenotype = (who: string, [locus, pair]: Genotype): readonly string[] => {
    const { place, alleles } = places.get(locus) ?? refuse(`${who} is typed at a locus that the project lacks; add it with its frequencies`); // prettier-ignore
    const missing = `${who} has an allele at ${locus} without a frequency; add it there`;
    return [...pair.map((allele) => `${alleles.get(allele) ?? refuse(missing)}`), `${place}`];
  };
  return [
    `${people.length}`,
    ...people.flatMap(({ id, sex, considersDropOut, genotypes }, nth) => {
      const who = `person ${nth + 1}`;
      if (sex === 'unknown') refuse(`the sex of ${who} is unknown; state male or female`);
      if (considersDropOut && genotypes.size === 0) {
        refuse(`drop-out is considered for ${who}, who is not typed`);
      }
      const birth = considersDropOut ? '-1 (Consider dropouts)' : '-1';
      const typed = [...genotypes].flatMap((genotype) => writeGenotype(who, genotype));
      const head = [quote(id), flag(false), birth, flag(false), flag(sex === 'male')];
      return [...head, `${genotypes.size}`, ...typed];
    }),
  ];
}

type Genotype = readonly [locus: string, pair: readonly [string, string]];

function writePedigree(
  { name, members }: FamiliasPedigree,
  nth: number,
  people: readonly FamiliasPerson[],
): readonly string[] {
  const what = `pedigree ${nth + 1}`;
  const extras = findExtras(what, members, people);
  const everybody = [...people, ...extras];
  const places = new Map(everybody.map(({ id }, place) => [id, place]));
  const byId = new Map(members.map((member) => [member.id, member]));
  if (byId.size !== members.length) refuse(`a person stands in ${what} twice`);
  for (const { id, sex } of everybody) {
    const member = byId.get(id) ?? refuse(`${what} lacks somebody of the project, or counts its extra people differently; Familias has everybody in every pedigree, so add them without parents`); // prettier-ignore
    if (member.sex !== sex) refuse(`somebody in ${what} is of another sex than in the project`);
  }
  const relations = members.flatMap((member) => relationsOf(what, member, byId, places));
  if (!isWithoutCycle(members)) refuse(`somebody in ${what} is their own ancestor`);
  relations.sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  const females = extras.filter(({ sex }) => sex === 'female').length;
  const counts = [females, extras.length - females, relations.length];
  return [`${nth}`, quote(name), ...[...counts, ...relations.flat()].map((number) => `${number}`)];
}

/** The members who are not among the people: their names are lost, so they must have those that
 * the reader gives. */
function findExtras(
  what: string,
  members: Pedigree,
  people: readonly FamiliasPerson[],
): ReturnType<typeof nameExtras> {
  const taken = new Set(people.map(({ id }) => id));
  const unnamed = members.filter(({ id }) => !taken.has(id));
  const males = unnamed.filter(({ sex }) => sex === 'male').length;
  const females = unnamed.length - males;
  if (Math.max(females, males) > FAMILIAS_LIMITS.extras) refuse(`${what} adds too many people`);
  const extras = nameExtras(females, males, taken);
  const named = new Set(extras.map(({ id }) => id));
  if (unnamed.every(({ id }) => named.has(id))) return extras;
  return refuse(`${what} has somebody who is not among the people; add them there, without genotypes if they are not typed`); // prettier-ignore
}

/** Parent and child by place. */
function relationsOf(
  what: string,
  { id, father, mother }: PedigreeMember,
  byId: ReadonlyMap<string, PedigreeMember>,
  places: ReadonlyMap<string, number>,
): (readonly [number, number])[] {
  const sides = [
    [father, 'male'],
    [mother, 'female'],
  ] as const;
  return sides.flatMap(([parent, sex]) => {
    if (parent === null) return [];
    if (byId.get(parent)?.sex !== sex) {
      refuse(`a parent in ${what} is missing, or a father is not male or a mother not female`);
    }
    return [[places.get(parent)!, places.get(id)!] as const];
  });
}

function writeDatabase({ loci, theta, databaseName }: FamiliasProject): readonly string[] {
  requireBelowOne('theta', theta);
  return [
    `#FALSE# (#Databases: 1 ;Theta/Kinship/Fst: ${decimal(theta)} )`,
    `${loci.length}`,
    flag(databaseName !== null),
    ...(databaseName === null ? [] : [quote(databaseName)]),
    ...loci.flatMap(writeLocus),
  ];
}

function requireBelowOne(what: string, share: number): void {
  if (!(share >= 0 && share < 1)) refuse(`${what} must lie between 0 and 1, 1 excluded`);
}

function writeLocus(locus: FamiliasLocus): readonly string[] {
  const { name, frequencies, female, male, silentFrequency } = locus;
  const size = frequencies.size;
  requireNames(`the alleles of ${name}, allele`, [...frequencies.keys()]);
  if (size === 0) refuse(`${name} has no allele`);
  requireBelowOne(`the frequency of the silent allele of ${name}`, silentFrequency);
  const both = [female, male];
  const numbers = both.map((mutation) => writeModel(name, mutation));
  const hasSilent = silentFrequency > 0;
  return [
    quote(name),
    ...both.map(({ rate }) => decimal(rate)),
    ...numbers,
    `${size + (hasSilent ? 1 : 0)}`,
    ...both.map(({ range }) => decimal(range)),
    ...both.map(writeSecondRate),
    flag(hasSilent),
    decimal(silentFrequency),
    writeLocusLine(locus),
    ...[...frequencies].flatMap(([allele, frequency]) => [
      quote(allele),
      frequency > 0 && frequency <= 1
        ? decimal(frequency)
        : refuse(`a frequency of ${name} must lie above 0 and not above 1`),
    ]),
  ];
}

function writeModel(locus: string, mutation: FamiliasMutation): string {
  const fault = mutationFault(mutation);
  return `${fault === undefined ? modelNumber(mutation)! : refuse(`${locus} needs ${fault}`)}`;
}

/** Familias itself writes the zero of the models without a second rate like this. */
function writeSecondRate({ model, rate2 }: FamiliasMutation): string {
  return model !== 'stepwise-extended' && rate2 === 0 ? '0.0' : decimal(rate2);
}

function writeLocusLine(locus: FamiliasLocus): string {
  const { name, frequencies, databaseSize, dropOut, minimumFrequency } = locus;
  if (databaseSize === null || !Number.isInteger(databaseSize) || databaseSize < 1) {
    refuse(`${name} needs the number of alleles counted (databaseSize), at least 1`);
  }
  requireBelowOne(`the drop-out probability of ${name}`, dropOut);
  requireBelowOne(`the minimum frequency of ${name}`, minimumFrequency);
  const stated = [
    `DatabaseSize = ${databaseSize}`,
    `Dropout probability = ${decimal(dropOut)}`,
    `Minor allele frequency = ${decimal(minimumFrequency)}`,
  ];
  return `${frequencies.size}\t(${stated.join(' , ')} )`;
}
