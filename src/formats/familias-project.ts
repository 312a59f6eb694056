import type { Pedigree, Sex } from '../kinship/index.ts';

/** Mutation in the meioses of one sex at one locus. Probabilities per meiosis. */
export type FamiliasMutation = {
  /** Familias holds `onestep` and `custom` in no file: the writer refuses them. */
  readonly model:
    'none' | 'equal' | 'proportional' | 'onestep' | 'stepwise' | 'stepwise-extended' | 'custom';
  /** Familias has the `PM`-stabilised form of `stepwise` only. */
  readonly stabilisation: 'none' | 'PM';
  /** Probability of a mutation, 0 to 1. Familias has no other `none` than `equal` with rate 0: it
   * is read as `none`, whichever was written. */
  readonly rate: number;
  /** Probability of a mutation to another microgroup, 0 to 1; it counts in `stepwise-extended`. */
  readonly rate2: number;
  /** A change by one more step is this many times as likely, 0 to 1; it counts in the stepwise
   * models, and there it is neither 0 nor 1. */
  readonly range: number;
};

/** A person of the project, whether typed or not. */
export type FamiliasPerson = {
  readonly id: string;
  /** Familias knows male and female only. */
  readonly sex: Sex;
  /** Whether Familias reckons with alleles that dropped out of this person's profile. */
  readonly considersDropOut: boolean;
  /** Two alleles a locus, both by the names that the project uses. */
  readonly genotypes: ReadonlyMap<string, readonly [string, string]>;
};

/** One pedigree: everybody of the project, and the extra people of {@link nameExtras}. */
export type FamiliasPedigree = { readonly name: string; readonly members: Pedigree };

/** A locus with its frequencies, exactly as stated: nothing is normalised or sorted. */
export type FamiliasLocus = {
  readonly name: string;
  /** Relative frequencies by allele, above 0 and up to 1, without the silent allele's. */
  readonly frequencies: ReadonlyMap<string, number>;
  readonly male: FamiliasMutation;
  readonly female: FamiliasMutation;
  /** Frequency of the silent allele, 0 (there is none) up to but not including 1. */
  readonly silentFrequency: number;
  /** Probability that an allele drops out, 0 up to but not including 1. */
  readonly dropOut: number;
  /** Least frequency that Familias gives to an allele, 0 up to but not including 1. */
  readonly minimumFrequency: number;
  /** Alleles counted (2N), a whole number of at least 1; null where the file does not say. */
  readonly databaseSize: number | null;
};

/** What a Familias 3 project holds of people, pedigrees and loci. */
export type FamiliasProject = {
  readonly people: readonly FamiliasPerson[];
  readonly pedigrees: readonly FamiliasPedigree[];
  readonly loci: readonly FamiliasLocus[];
  /** Subpopulation correction Fst, 0 up to but not including 1. */
  readonly theta: number;
  /** Null where the file gives the database no name. */
  readonly databaseName: string | null;
};

/** More than any real project, and little enough to hold in memory. */
export const FAMILIAS_LIMITS = {
  characters: 64 * 2 ** 20,
  people: 10_000,
  /** Extra people of one sex in one pedigree. */
  extras: 1_000,
  pedigrees: 10_000,
  /** Members of all pedigrees together. */
  members: 1_000_000,
  loci: 100_000,
} as const;

type Meaning = Pick<FamiliasMutation, 'model' | 'stabilisation'>;

/** What the numbers of the mutation models mean; sources in docs/formats/familias.md. */
const MODEL_BY_NUMBER: readonly Meaning[] = [
  { model: 'equal', stabilisation: 'none' },
  { model: 'proportional', stabilisation: 'none' },
  { model: 'stepwise', stabilisation: 'none' },
  { model: 'stepwise', stabilisation: 'PM' },
  { model: 'stepwise-extended', stabilisation: 'none' },
];

/** How many mutation models Familias has, numbered from 0. */
export const FAMILIAS_MODELS = MODEL_BY_NUMBER.length;

/** The model with this number; without mutations it is `none`, which has no number of its own. */
export function modelOf(number: number, rate: number): Meaning {
  const meaning = MODEL_BY_NUMBER[number]!;
  return meaning.model === 'equal' && rate === 0 ? { ...meaning, model: 'none' } : meaning;
}

/** The number of a model, or undefined where Familias has none for it. */
export function modelNumber({ model, stabilisation }: Meaning): number | undefined {
  const named = model === 'none' ? 'equal' : model;
  const number = MODEL_BY_NUMBER.findIndex(
    (meaning) => meaning.model === named && meaning.stabilisation === stabilisation,
  );
  return number < 0 ? undefined : number;
}

/** Why a mutation model can stand in no Familias project, or undefined where it can. */
export function mutationFault(mutation: FamiliasMutation): string | undefined {
  const { model, rate, rate2, range } = mutation;
  if (modelNumber(mutation) === undefined) {
    return 'a model that Familias has: none, equal, proportional, stepwise (plain or PM-stabilised) or stepwise-extended (plain)';
  }
  const shares = [rate, rate2, range, rate + rate2];
  if (!shares.every((share) => share >= 0 && share <= 1)) {
    return 'mutation rates, their sum and a range from 0 to 1';
  }
  if (model === 'none' && rate > 0) return 'mutation rate 0 for the model none';
  if (!model.startsWith('stepwise')) return undefined;
  if (range === 0 || range === 1) return 'a range between 0 and 1 for a stepwise model';
  if (model === 'stepwise' && rate2 > 0) {
    return 'a second mutation rate of 0 for a stepwise model that is not the extended one: programs differ on whether it counts there';
  }
  return undefined;
}

/**
 * The people whom a pedigree adds to those of the project. The file tells only how many of each
 * sex they are; their names are ours, and differ from everybody's in `taken`.
 */
export function nameExtras(
  females: number,
  males: number,
  taken: ReadonlySet<string>,
): { readonly id: string; readonly sex: 'female' | 'male' }[] {
  const named = (sex: 'female' | 'male', count: number) =>
    Array.from({ length: count }, (_, place) => {
      let id = `Extra ${sex} ${place + 1}`;
      while (taken.has(id)) id += '*';
      return { id, sex };
    });
  return [...named('female', females), ...named('male', males)];
}

/** Whether nobody is their own ancestor. Every parent must be a member; depth does not matter. */
export function isWithoutCycle(members: Pedigree): boolean {
  const childrenOf = new Map<string, string[]>(members.map(({ id }) => [id, []]));
  const parentsToPlace = new Map<string, number>();
  for (const { id, father, mother } of members) {
    const parents = [father, mother].filter((parent) => parent !== null);
    for (const parent of parents) childrenOf.get(parent)!.push(id);
    parentsToPlace.set(id, parents.length);
  }
  const placed = members.filter(({ id }) => parentsToPlace.get(id) === 0).map(({ id }) => id);
  // The list grows while it is walked.
  for (const parent of placed) {
    for (const child of childrenOf.get(parent)!) {
      const left = parentsToPlace.get(child)! - 1;
      parentsToPlace.set(child, left);
      if (left === 0) placed.push(child);
    }
  }
  return placed.length === members.length;
}
