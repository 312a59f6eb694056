import {
  type AlleleLabel,
  type Calculation,
  type CalculationParameters,
  findLocus,
  type FrequencyTable,
  type Genotype,
  isOnLadder,
  type Locus,
  type LocusFrequencies,
  makeGenotype,
  makeLocusFrequencies,
  parseAllele,
  REST_ALLELE,
} from '../kinship/index.ts';
import { HomewardError } from '../platform/errors.ts';
import { castFamily, type FamiliasRole } from './familias-cast.ts';
import { fromFamiliasMutations, toFamiliasMutation } from './familias-mutation.ts';
import {
  type FamiliasLocus,
  type FamiliasPerson,
  type FamiliasProject,
  mutationFault,
} from './familias-project.ts';
import { readUsedLoci, type UsedLocus } from './used-locus.ts';

/** Everything that a Familias project says of a calculation. */
export type FamiliasCalculation = {
  readonly calculation: Calculation;
  readonly parameters: CalculationParameters;
  readonly table: FrequencyTable;
};

/** Frequencies may be off 1 by the rounding of a published table's four decimals, summed. */
const SUM_TOLERANCE = 1e-3;

/**
 * A calculation as a Familias project: the loci that count, with the frequencies as they were used,
 * and every hypothesis as a pedigree. Familias always draws the allele of an untyped parent from
 * the population, also where `untypedParent` says otherwise.
 * @param name of the population, as Familias shows it
 * @throws HomewardError CALCULATION_INVALID for what Familias cannot hold, with the reason;
 *   KinshipError when the rule for rare alleles does not fit the table
 */
export function toFamiliasProject(
  name: string,
  calculation: Calculation,
  parameters: CalculationParameters,
  table: FrequencyTable,
): FamiliasProject {
  const { people, hypotheses, asked } = calculation;
  const used = readUsedLoci(calculation, parameters, table);
  const loci = used.map((one) => writeLocus(one, parameters, commonDropOut(people)));
  // Who is asked about stands last of the typed, where the reader looks for them.
  const typed = [...people].sort((a, b) => Number(a.id === asked) - Number(b.id === asked));
  const isSexed = loci.some(({ male, female }) => JSON.stringify(male) !== JSON.stringify(female));
  const { cast, pedigrees } = castFamily(
    hypotheses,
    typed.map(({ id }) => id),
    isSexed,
  );
  return {
    people: cast.map((role) => writePerson(role, people, used)),
    pedigrees: hypotheses.map(({ text }, place) => ({
      name: text.replace(/["\r\n]/g, "'"),
      members: pedigrees[place]!,
    })),
    loci,
    theta: parameters.theta,
    databaseName: name,
  };
}

function cannotWrite(what: string): never {
  throw new HomewardError('CALCULATION_INVALID', `Familias cannot hold this: ${what}.`);
}

function commonDropOut(people: Calculation['people']): number {
  const [dropOut = 0, ...others] = new Set(people.flatMap(({ dropOut: d }) => (d > 0 ? [d] : [])));
  if (others.length === 0) return dropOut;
  return cannotWrite('people with different drop-out probabilities; it has one for a locus');
}

function writeLocus(
  { locus, frequencies, silentFrequency }: UsedLocus,
  { mutation }: CalculationParameters,
  dropOut: number,
): FamiliasLocus {
  const { alleles, allelesCounted } = frequencies;
  if (allelesCounted === null) {
    cannotWrite(`${locus} without the number of alleles counted; add the column N to the frequency table`); // prettier-ignore
  }
  const male = toFamiliasMutation(mutation, 'male', locus);
  const female = toFamiliasMutation(mutation, 'female', locus);
  const fault = mutationFault(male) ?? mutationFault(female);
  if (fault !== undefined) cannotWrite(`the mutation model at ${locus}, which needs ${fault}`);
  const shares = frequencies.frequencies.map((share) => share * (1 - silentFrequency));
  return {
    name: locus,
    frequencies: new Map(alleles.map((allele, place) => [allele, shares[place]!])),
    ...{ male, female, silentFrequency, dropOut },
    minimumFrequency: 0,
    databaseSize: allelesCounted,
  };
}

function writePerson(
  { id, sex, isTyped }: FamiliasRole,
  people: Calculation['people'],
  loci: readonly UsedLocus[],
): FamiliasPerson {
  const genotypes = new Map(
    loci.flatMap((one) => {
      const pair = isTyped && one.genotypes.get(id);
      return pair ? [[one.locus, pair] as const] : [];
    }),
  );
  if (isTyped && genotypes.size === 0) {
    cannotWrite(`${id}, who is typed at no locus that counts; leave them out`);
  }
  const dropOut = people.find((person) => isTyped && person.id === id)?.dropOut ?? 0;
  return { id, sex, considersDropOut: dropOut > 0, genotypes };
}

/**
 * The calculation that a Familias project describes: every pedigree is a hypothesis, weighed
 * against the last; the person asked about is the last who is typed. Frequencies are used as they
 * stand, an untyped parent as Familias reads one. Loci at which nobody is typed are left out.
 * @throws HomewardError CALCULATION_INVALID for what this program does not compute, with the reason
 *   and what to do, people by place and not by name; KinshipError where frequencies make no table
 */
export function fromFamiliasProject(project: FamiliasProject): FamiliasCalculation {
  const { people, pedigrees, theta } = project;
  const asked = people.filter(({ genotypes }) => genotypes.size > 0).at(-1);
  if (!asked) refuse('nobody is typed');
  if (pedigrees.length < 2) refuse('it needs two pedigrees at least, to weigh one by the other');
  const loci = readLoci(project);
  return {
    calculation: {
      people: people.flatMap((person, place) =>
        person.genotypes.size > 0 ? [readPerson(person, place, loci)] : [],
      ),
      hypotheses: pedigrees.map(({ name, members }) => ({ text: name, pedigree: members })),
      asked: asked.id,
    },
    parameters: {
      mutation: fromFamiliasMutations([...loci.values()]),
      untypedParent: 'population',
      // Every allele that somebody shows has a frequency in the project: nothing is ever raised.
      minimumFrequency: { rule: 'fixed', frequency: 0.001, appliesTo: 'unseen' },
      theta,
      silentAlleles: [...loci.values()]
        .filter(({ silentFrequency }) => silentFrequency > 0)
        .map(({ locus, silentFrequency }) => ({ locus, kit: null, frequency: silentFrequency })),
    },
    table: new Map([...loci.values()].map(({ locus, table }) => [locus, table])),
  };
}

/** A locus of a project under its name here. */
type ReadLocus = FamiliasLocus & {
  readonly locus: Locus;
  readonly table: LocusFrequencies;
  /** Our labels by the project's names of alleles. */
  readonly labels: ReadonlyMap<string, AlleleLabel>;
};

function refuse(what: string): never {
  throw new HomewardError(
    'CALCULATION_INVALID',
    `The Familias project cannot be computed: ${what}.`,
  );
}

/** By the project's name, the loci at which somebody is typed. */
function readLoci({ people, loci }: FamiliasProject): Map<string, ReadLocus> {
  const typed = new Set(people.flatMap(({ genotypes }) => [...genotypes.keys()]));
  const read = new Map<string, ReadLocus>();
  for (const one of loci) {
    if (!typed.has(one.name)) continue;
    const locus = findLocus(one.name) ?? refuse(`the locus ${one.name} is not known; use its STRBase name, or leave it out`); // prettier-ignore
    if ([...read.values()].some((other) => other.locus === locus)) {
      refuse(`${one.name} is a second locus ${locus}; leave one out`);
    }
    const labels = new Map([...one.frequencies.keys()].map((name) => [name, readLabel(one, name)]));
    read.set(one.name, { ...one, locus, labels, table: readFrequencies(locus, one, labels) });
  }
  return read;
}

function readLabel({ name: locus }: FamiliasLocus, name: string): AlleleLabel {
  if (/^rest( allele)?$/i.test(name.trim())) return REST_ALLELE;
  const label = parseAllele(name);
  if (label !== undefined && isOnLadder(label)) return label;
  return refuse(`"${name}" is not an allele of ${locus} with a size; write whole repeats and bases, such as 12 or 9.3`); // prettier-ignore
}

function readFrequencies(
  locus: Locus,
  { frequencies, silentFrequency, databaseSize }: FamiliasLocus,
  labels: ReadonlyMap<string, AlleleLabel>,
): LocusFrequencies {
  const entries = [...frequencies].map(([name, share]) => [labels.get(name)!, share] as const);
  const sum = entries.reduce((total, [, share]) => total + share, 0);
  const isWhole = [1, 1 - silentFrequency].some((all) => Math.abs(sum - all) <= SUM_TOLERANCE);
  if (!isWhole) refuse(`the frequencies of ${locus} sum to ${sum}, not 1; mend them`);
  const sized = entries.filter(([label]) => label !== REST_ALLELE);
  const table = makeLocusFrequencies(locus, sized, databaseSize);
  if (sized.length === entries.length) return table;
  const sizedSum = sized.reduce((total, [, share]) => total + share, 0);
  return {
    ...table,
    alleles: [...table.alleles, REST_ALLELE],
    frequencies: Float64Array.from([
      ...table.frequencies.map((share) => (share * sizedSum) / sum),
      1 - sizedSum / sum,
    ]),
  };
}

function readPerson(
  { id, considersDropOut, genotypes }: FamiliasPerson,
  place: number,
  loci: ReadonlyMap<string, ReadLocus>,
): Calculation['people'][number] {
  const profile = new Map<Locus, Genotype>();
  const dropOuts = new Set<number>();
  for (const [name, pair] of genotypes) {
    const { locus, labels, dropOut } = loci.get(name)!;
    const alleles = pair.map((allele) => labels.get(allele)!);
    if (alleles.includes(REST_ALLELE)) {
      refuse(`person ${place + 1} shows the rest allele at ${locus}, which stands for alleles that nobody shows; name the allele and give it a frequency`); // prettier-ignore
    }
    profile.set(locus, makeGenotype(alleles));
    dropOuts.add(considersDropOut ? dropOut : 0);
  }
  const [dropOut, ...others] = dropOuts;
  if (others.length > 0) {
    refuse(`the drop-out probability differs between the loci of person ${place + 1}, and here it is one of a person; make it the same`); // prettier-ignore
  }
  return { id, profile, kit: null, dropOut: dropOut! };
}
