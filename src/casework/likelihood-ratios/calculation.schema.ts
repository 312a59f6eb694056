import { z } from 'zod';
import { FAMILY_RELATIONS, RELATIONSHIPS } from '../../kinship/index.ts';
import { shortText } from '../../platform/text.ts';
import { calculationParameters } from '../policies/parameters.schema.ts';

/** A sample id of 64 characters, with the collection point that tells two of them apart. */
const personId = shortText(100);

/** More than any kit, and little enough to tell what is wrong with each. */
const MOST_LOCI = 200;

export const comparedPerson = z.strictObject({
  id: personId.describe('Any name: a sample id, a code, a word'),
  sex: z.enum(['male', 'female', 'unknown']).default('unknown'),
  kit: shortText(100).nullable().default(null).describe('The kit that typed the sample'),
  dropOut: z
    .number()
    .min(0)
    .lt(1)
    .default(0)
    .describe('Probability that an allele of a heterozygote is not seen; 0 for a good sample'),
  genotypes: z
    .record(z.string().max(50), z.array(z.string().max(20)).max(8))
    .refine((loci) => Object.keys(loci).length <= MOST_LOCI, `hold at most ${MOST_LOCI} loci`)
    .describe('Alleles by locus: {"D3S1358": ["15", "16"], "TH01": ["9.3"]}'),
});

const pedigreeMember = z.strictObject({
  id: personId,
  father: personId.nullable().default(null),
  mother: personId.nullable().default(null),
  sex: z.enum(['male', 'female', 'unknown']).default('unknown'),
});

/** A statement about how people are related. */
export const hypothesis = z.strictObject({
  text: shortText(500).describe('The statement in words, as a report prints it'),
  pedigree: z.array(pedigreeMember).min(1).max(100),
  sameAs: z
    .record(personId, personId)
    .optional()
    .describe('Who is the same person as somebody of the pedigree, under another id'),
});

/** What is asked, in short or in full. The last hypothesis is the one that all are weighed against. */
export const question = z.discriminatedUnion('kind', [
  z
    .strictObject({
      kind: z.literal('family'),
      person: personId.describe('The person who may be the child that a family misses'),
      relatives: z
        .array(z.strictObject({ id: personId, relation: z.enum(FAMILY_RELATIONS) }))
        .min(1)
        .max(50),
    })
    .describe('Is this person the child of this family? Against: unrelated to it'),
  z
    .strictObject({
      kind: z.literal('relationships'),
      people: z.tuple([personId, personId]).describe('The elder first'),
      relationships: z.array(z.enum(RELATIONSHIPS)).min(1).max(RELATIONSHIPS.length),
      against: z
        .enum(RELATIONSHIPS)
        .optional()
        .describe('What all are weighed against; default unrelated'),
    })
    .describe('How are these two related? Against: `against`'),
  z
    .strictObject({
      kind: z.literal('pedigrees'),
      hypotheses: z.array(hypothesis).min(2).max(20),
      asked: personId.describe('The person whose place is in question'),
    })
    .describe('Which of these pedigrees? Against: the last'),
]);

export const calculationRequest = z.strictObject({
  people: z.array(comparedPerson).min(2).max(100),
  question,
  priors: z
    .array(z.number().min(0).max(1e100))
    .min(2)
    .max(20)
    .optional()
    .describe('By hypothesis, only their proportions count; default all the same'),
  parameters: calculationParameters.optional().describe('Default: those of the policy in force'),
  frequencyTables: z
    .array(z.uuid())
    .min(1)
    .max(20)
    .optional()
    .describe('Populations, side by side; default: the table of the policy in force'),
});

const likelihoodRatio = z.object({
  kind: z
    .enum(['finite', 'excluded', 'infinite', 'undefined'])
    .describe('excluded: impossible under it; infinite: under the last; undefined: under both'),
  log10Lr: z.number().nullable().describe('Null unless finite'),
});

const byHypothesis = 'By hypothesis, in their order';

const locusResult = z.object({
  locus: z.string(),
  lrs: z.array(likelihoodRatio).describe(`${byHypothesis}, against the last`),
  consistent: z
    .array(z.boolean())
    .describe(`${byHypothesis}: fits without mutation, silent allele and drop-out`),
  leftOut: z.array(z.object({ id: z.string(), reason: z.string() })),
  nonStationarity: z
    .number()
    .describe('Largest relative change of a frequency by mutation in one generation; 0: none'),
});

const populationResult = z.object({
  frequencyTable: z.object({ name: z.string(), contentHash: z.string() }),
  lrs: z.array(likelihoodRatio).describe(`${byHypothesis}, against the last`),
  posteriors: z.array(z.number()).nullable().describe(byHypothesis),
  log10Likelihoods: z.array(z.number().nullable()).describe(`${byHypothesis}; null: impossible`),
  inconsistencies: z
    .array(
      z.object({
        observed: z.int(),
        expected: z
          .array(z.number().nullable())
          .describe(`${byHypothesis}: expected number if that one is true`),
      }),
    )
    .describe(`${byHypothesis}: loci that do not fit it`),
  loci: z.array(locusResult),
  omitted: z.array(z.object({ locus: z.string(), reason: z.string() })),
});

/** A result with everything it was computed from, so that anybody can compute it again. */
export const calculationDocument = z.object({
  engineVersion: z.string(),
  calculation: z.object({
    people: z.array(comparedPerson),
    hypotheses: z.array(hypothesis),
    asked: z.string(),
    priors: z.array(z.number()),
    parameters: calculationParameters,
  }),
  inputHash: z
    .string()
    .describe('SHA-256 of the calculation and the tables’ content hashes, in canonical JSON'),
  populations: z.array(populationResult).describe('The smallest LR of the first hypothesis first'),
});

export type ComparedPersonJson = z.output<typeof comparedPerson>;
export type Question = z.output<typeof question>;
export type CalculationRequest = z.output<typeof calculationRequest>;
export type CalculationInput = z.output<typeof calculationDocument>['calculation'];
export type PopulationResult = z.output<typeof populationResult>;
export type CalculationDocument = z.output<typeof calculationDocument>;
