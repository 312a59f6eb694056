import { z } from 'zod';
import {
  type AlleleLabel,
  findLocus,
  type Hypothesis,
  type Locus,
  type LocusFrequencies,
  makeAlleleModel,
  type MutationParameters,
  type Observation,
  type ObservedLocus,
  parseAllele,
  type Pedigree,
  type PedigreeQuestion,
  type Sex,
} from '../kinship/index.ts';
import { HomewardError } from '../platform/errors.ts';

const member = z.object({
  id: z.string(),
  father: z.string().nullish(),
  mother: z.string().nullish(),
  sex: z.string().optional(),
});

const hypothesis = z.object({
  text: z.string().optional(),
  pedigree: z.array(member).min(1).max(100),
  sameAs: z.record(z.string(), z.string()).optional(),
});

const rate = z.object({
  rate: z.number(),
  rate2: z.number().optional(),
  range: z.number().optional(),
});
const locusRates = z.object({ male: rate.optional(), female: rate.optional() });
const stabilisation = z.enum(['none', 'PM']).optional();
const matrix = z.array(z.array(z.number()));
const matrices = z.object({ alleles: z.array(z.string()), male: matrix, female: matrix });

const mutation = z.union([
  z.object({ model: z.literal('none') }),
  z.object({
    model: z.enum(['equal', 'proportional', 'onestep', 'stepwise', 'stepwise-extended']),
    male: rate,
    female: rate,
    perLocus: z.record(z.string(), locusRates).optional(),
    stabilisation,
  }),
  z.object({
    model: z.literal('custom'),
    matrices: z.record(z.string(), matrices),
    stabilisation,
  }),
]);

const personDropOut = z.object({ person: z.string(), d: z.number().min(0).lt(1) });
const dropOut = z.union([personDropOut, z.array(personDropOut)]);

const locus = z.object({
  name: z.string(),
  genotypes: z.record(
    z.string(),
    z.tuple([z.string().nullable(), z.string().nullable()]).nullable(),
  ),
  freqs: z.record(z.string(), z.number().gt(0).max(1)),
});

const caseLine = z.object({
  id: z.union([z.string(), z.number()]),
  H1: hypothesis,
  H2: hypothesis,
  typed: z.array(z.string()).optional(),
  params: z.object({
    mutation: mutation.default({ model: 'none' }),
    theta: z.number().min(0).lt(1).default(0),
    silent: z.unknown().optional(),
    untypedParent: z.enum(['mutates', 'population']).default('mutates'),
    dropout: dropOut.optional(),
  }),
  dropout: dropOut.optional(),
  loci: z.array(locus),
});

type CaseLine = z.infer<typeof caseLine>;
type CaseLocus = z.infer<typeof locus>;

/** A case that brings everything along: pedigrees, parameters, genotypes and frequencies. */
export type KinshipCase = {
  readonly id: string | number;
  readonly question: PedigreeQuestion;
  readonly loci: readonly ObservedLocus[];
};

/** Frequencies may be off 1 by the rounding of a published table's four decimals, summed. */
const SUM_TOLERANCE = 1e-3;

/** The name of a case in a line that may hold one, for saying which case an error is about. */
export function caseId(value: unknown): string | number | null {
  const parsed = z.object({ id: caseLine.shape.id }).safeParse(value);
  return parsed.success ? parsed.data.id : null;
}

/**
 * Reads one case. The format is that of fixtures/cases/README.md; keys that it does not name, such
 * as another program's results, are passed over.
 * @throws HomewardError CASE_INVALID with the place; KinshipError when its parameters do not fit
 */
export function readCase(value: unknown): KinshipCase {
  const parsed = caseLine.safeParse(value);
  if (!parsed.success) {
    const faults = parsed.error.issues.map(({ path, message }) => ({
      field: path.join('.'),
      message,
    }));
    const [first] = faults;
    throw new HomewardError('CASE_INVALID', first && `${first.field}: ${first.message}`, faults);
  }
  const { data } = parsed;
  const { theta, untypedParent } = data.params;
  const typed = new Set(data.typed ?? data.loci.flatMap(({ genotypes }) => typedAt(genotypes)));
  return {
    id: data.id,
    question: {
      hypotheses: [readHypothesis('H1', data.H1, typed), readHypothesis('H2', data.H2, typed)],
      typed,
      theta,
      untypedParent,
    },
    loci: data.loci.map((one) => readLocus(one, data)),
  };
}

function typedAt(genotypes: CaseLocus['genotypes']): string[] {
  return Object.entries(genotypes).flatMap(([id, genotype]) => (genotype ? [id] : []));
}

/** Unless it says who is whom, a pedigree of one person says of everybody typed: they are this one. */
function readHypothesis(
  name: string,
  { text = name, pedigree, sameAs }: CaseLine['H1'],
  typed: ReadonlySet<string>,
): Hypothesis {
  const [only, ...others] = pedigree;
  const isOne = only !== undefined && others.length === 0;
  const allOne = isOne ? Object.fromEntries([...typed].map((id) => [id, only.id])) : undefined;
  return { text, pedigree: readPedigree(pedigree), sameAs: sameAs ?? allOne };
}

const SEXES: Readonly<Record<string, Sex>> = { M: 'male', F: 'female', U: 'unknown' };

/** A sex that is left out follows from being somebody's father or mother. */
function readPedigree(pedigree: CaseLine['H1']['pedigree']): Pedigree {
  const fathers = new Set(pedigree.map(({ father }) => father));
  const mothers = new Set(pedigree.map(({ mother }) => mother));
  const inferred = (id: string): Sex =>
    fathers.has(id) ? 'male' : mothers.has(id) ? 'female' : 'unknown';
  return pedigree.map(({ id, father, mother, sex = '' }) => ({
    id,
    father: father ?? null,
    mother: mother ?? null,
    sex: SEXES[sex.slice(0, 1).toUpperCase()] ?? inferred(id),
  }));
}

function readLocus({ name, genotypes, freqs }: CaseLocus, data: CaseLine): ObservedLocus {
  const { silent: silentFrequency = 0, ...visible } = freqs;
  const table = readFrequencies(name, visible, 1 - silentFrequency);
  const { mutation } = data.params;
  if (mutation.model.startsWith('stepwise')) requireSizes(table);
  const hasSilent = data.params.silent !== false && silentFrequency > 0;
  const model = makeAlleleModel(
    table,
    readMutation(mutation),
    hasSilent ? [{ frequency: silentFrequency, shownToSome: false }] : [],
  );
  const dropOuts = [data.dropout ?? data.params.dropout ?? []].flat();
  const observations = new Map<string, Observation[]>();
  for (const [id, genotype] of Object.entries(genotypes)) {
    const dropOut = dropOuts.find(({ person }) => person === id)?.d ?? 0;
    const seen = genotype && readObservation(table, id, genotype, dropOut);
    if (seen) observations.set(id, [seen]);
  }
  return { name, model, observations };
}

/** What is stated of single loci, under their one name where they are known. */
function readMutation(mutation: CaseLine['params']['mutation']): MutationParameters {
  if (mutation.model === 'none') return mutation;
  if (mutation.model === 'custom') return { ...mutation, matrices: byLocus(mutation.matrices) };
  return { ...mutation, perLocus: byLocus(mutation.perLocus ?? {}) };
}

function byLocus<Part>(parts: Readonly<Record<string, Part>>): Record<string, Part> {
  return Object.fromEntries(
    Object.entries(parts).map(([name, part]) => [findLocus(name) ?? name, part]),
  );
}

function readFrequencies(
  name: string,
  freqs: Readonly<Record<string, number>>,
  share: number,
): LocusFrequencies {
  const entries = Object.entries(freqs).sort(([a], [b]) => Number(a) - Number(b));
  const sum = entries.reduce((total, [, frequency]) => total + frequency, 0);
  if (entries.length === 0 || Math.abs(sum - share) > SUM_TOLERANCE) {
    throw new HomewardError('CASE_INVALID', `${name}: the frequencies sum to ${sum}, not ${share}`);
  }
  return {
    locus: (findLocus(name) ?? name) as Locus,
    alleles: entries.map(([allele]) => allele as AlleleLabel),
    frequencies: Float64Array.from(entries, ([, frequency]) => frequency / share),
    allelesCounted: null,
  };
}

function requireSizes({ locus, alleles }: LocusFrequencies): void {
  const nameless = alleles.find((allele) => parseAllele(allele) === undefined);
  if (nameless === undefined) return;
  throw new HomewardError(
    'CASE_INVALID',
    `${locus}: allele "${nameless}" has no size, which a stepwise model needs`,
  );
}

function readObservation(
  { locus, alleles }: LocusFrequencies,
  id: string,
  [first, second]: NonNullable<CaseLocus['genotypes'][string]>,
  dropOut: number,
): Observation | null {
  const known = first ?? second;
  if (known === null) return null;
  const place = (label: string): number => {
    const at = alleles.indexOf(label as AlleleLabel);
    if (at >= 0) return at;
    throw new HomewardError(
      'CASE_INVALID',
      `${locus}: allele "${label}" of ${id} has no frequency`,
    );
  };
  if (first === null || second === null) {
    const seen = dropOut > 0 ? 'two' : 'one-of-two';
    return { seen, alleles: [place(known), place(known)], dropOut };
  }
  return { seen: 'two', alleles: [place(first), place(second)], dropOut };
}
