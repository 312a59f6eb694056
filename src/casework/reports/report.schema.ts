import { z } from 'zod';
import { RELATIONS } from '../../formats/relation.ts';
import { RIVAL_RELATIONSHIPS } from '../../kinship/index.ts';
import { candidateStates } from '../candidates/candidates.schema.ts';
import { policyDocument } from '../policies/policy.schema.ts';

export const LANGUAGES = ['en', 'zh'] as const;
export type Language = (typeof LANGUAGES)[number];

export const reportQuery = z.strictObject({
  format: z
    .enum(['pdf', 'json'])
    .default('pdf')
    .describe('pdf: to read and print; json: the same, which `homeward replay` computes again'),
  language: z.enum(LANGUAGES).default('en').describe('en: English; zh: Chinese'),
});

const hash = z.string().regex(/^[0-9a-f]{64}$/);
const count = z.int().min(0);
const pairs = count.describe('That could have become a candidate of this kind');
const tablesLeftOut = count.describe('Uploaded tables beyond those that a report shows');

const ratio = {
  kind: z
    .enum(['finite', 'excluded', 'infinite', 'undefined'])
    .describe('excluded: impossible under H1; infinite: under H2; undefined: under both'),
  log10Lr: z.number().nullable().describe('Null unless finite'),
};
const total = { ...ratio, lociInconsistent: count };

/** Somebody compared, by the code of the sample. */
const person = z.strictObject({
  name: z.string().describe('As the case calls them: the code, said apart where two are alike'),
  code: z.string(),
  relation: z.enum(['unknown-origin', ...RELATIONS]),
  counts: z.boolean().describe('Whether the LR rests on them'),
  profileId: z.uuid(),
  genotypes: z.record(z.string(), z.array(z.string()).min(1)),
});

/** Frequencies before the minimum is applied, of the loci that anybody is typed at. */
const frequencyTable = z.strictObject({
  name: z.string(),
  contentHash: z.string(),
  loci: z.array(
    z.strictObject({
      locus: z.string(),
      allelesCounted: z.number().nullable(),
      alleles: z.array(z.string()).min(1),
      frequencies: z.array(z.number().gt(0).max(1)),
    }),
  ),
});

const decision = z.strictObject({
  verdict: z.string(),
  analyst: z.string().describe('The id that the audit knows them by'),
  decidedAt: z.iso.datetime(),
  revision: z.int(),
  log10Lr: z.number(),
});

/** What a report is made from; the numbers follow from it. */
export const reportSource = z.strictObject({
  engineVersion: z.string(),
  candidate: z.strictObject({
    id: z.uuid(),
    revision: z.int(),
    state: z.enum(candidateStates),
    relationship: z.enum(['both-parents', 'father', 'mother', 'relatives', 'same-person']),
    family: z.string(),
    computedAt: z.iso.datetime(),
    lapsedAt: z.iso.datetime().nullable(),
  }),
  people: z.array(person).min(2).describe('The person of unknown origin, then the family'),
  policy: z.strictObject({
    id: z.uuid(),
    name: z.string(),
    contentHash: z.string(),
    document: policyDocument,
  }),
  frequencyTables: z
    .array(frequencyTable)
    .min(1)
    .describe("The policy's, then the others that were uploaded"),
  tablesLeftOut,
  database: z
    .strictObject({
      families: count,
      unknowns: count,
      pairs,
      chanceProbability: z
        .number()
        .describe('That an unrelated family of this kind reaches the LR'),
      log10LrsOfPerson: z
        .array(z.number())
        .describe('Of all candidates of this person, this one included'),
    })
    .describe('As it was when the report was made'),
  openFindings: count
    .optional()
    .describe('Of its people, that nobody had settled; not in reports before 0.7'),
  decisions: z.array(decision).describe('The oldest first; reasons are left out, as free text'),
});

const readings = ['consistent', 'mutation', 'mutation-or-silent', 'inconsistent', 'different'] as const; // prettier-ignore

const populations = z
  .array(
    z.strictObject({
      name: z.string(),
      contentHash: z.string(),
      isOfPolicy: z.boolean(),
      ...total,
      lociCompared: count,
      problem: z.string().nullable().describe('Why it cannot be computed with this table'),
    }),
  )
  .describe('The smallest LR first');

const evaluation = z.strictObject({
  priorInDatabase: z.number(),
  priorOfFamily: z.number(),
  posterior: z.number(),
  expectedChanceCandidates: z.number(),
});

/** The numbers, which `homeward replay` computes again. */
const reportNumbers = z.strictObject({
  hypotheses: z.strictObject({ h1: z.string(), h2: z.string() }),
  likelihoodRatio: z.strictObject({
    ...total,
    decimal: z.string().nullable().describe('The LR itself with ten digits'),
    reachesThreshold: z.boolean(),
    lociCompared: count,
    loci: z.array(
      z.strictObject({
        locus: z.string(),
        ...ratio,
        reading: z.enum(readings).describe('Whether and how the genotypes fit H1'),
        steps: count
          .nullable()
          .describe(
            'Fewest repeats that explain it; null: no whole number of them, or not counted',
          ),
        notCounted: z
          .array(z.string())
          .describe('Names of those who are typed here with a genotype that cannot be used'),
      }),
    ),
    omitted: z.array(z.strictObject({ locus: z.string(), reason: z.string() })),
  }),
  whole: z
    .strictObject(total)
    .nullable()
    .describe('Where only part of the family is put forward: what all of it came to'),
  rivals: z.array(
    z.strictObject({
      relative: z.string(),
      relationships: z.array(
        z.strictObject({ relationship: z.enum(RIVAL_RELATIONSHIPS), ...total }),
      ),
    }),
  ),
  populations,
  evaluation,
  case: z.unknown().describe('In the format of fixtures/cases, for other programs'),
});

export const reportDocument = z
  .strictObject({
    format: z.literal('homeward-report'),
    language: z.enum(LANGUAGES),
    title: z.string(),
    notice: z.string(),
    generatedAt: z.iso.datetime(),
    hash: hash.describe('SHA-256 of `sections` in canonical JSON'),
    sections: z.record(z.string(), hash).describe('By part of `source` and `numbers`, SHA-256'),
    source: reportSource,
    numbers: reportNumbers,
  })
  .describe('A candidate with its numbers and all that they depend on');

export const candidatePopulations = z
  .strictObject({
    populations,
    tablesLeftOut,
    evaluation,
    database: z.strictObject({ families: count, unknowns: count, pairs }),
  })
  .describe('As the report has them, of the database of this moment');

export type ReportSource = z.output<typeof reportSource>;
export type ReportNumbers = z.output<typeof reportNumbers>;
export type CandidatePopulations = z.output<typeof candidatePopulations>;
export type ReportDocument = z.output<typeof reportDocument>;
export type LocusReport = ReportNumbers['likelihoodRatio']['loci'][number];
export type ReportPerson = ReportSource['people'][number];

/** Sent as bytes; the schemas only describe them. */
export const reportFile = {
  description: 'The report as a file',
  content: {
    'application/pdf': { schema: z.any().meta({ type: 'string', format: 'binary' }) },
    'application/json': { schema: z.any().meta(z.toJSONSchema(reportDocument)) },
  },
};
