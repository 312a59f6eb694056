import { z } from 'zod';
import { RELATIONS } from '../../formats/relation.ts';
import { RIVAL_RELATIONSHIPS } from '../../kinship/index.ts';
import { agreement, circumstances } from '../case-features/case-features.schema.ts';
import { CASE_FORMATS } from './candidate-case.ts';

export const candidateStates = [
  'proposed',
  'second-opinion',
  'disputed',
  'supported',
  'excluded',
  'inconclusive',
  'more-loci',
] as const;

const kind = z.enum(['finite', 'excluded', 'infinite', 'undefined']);
const log10Lr = z.number().describe('log10 of the likelihood ratio');

const relationship = z.enum(['both-parents', 'father', 'mother', 'relatives', 'same-person']);

const year = z.coerce.number().int().min(1900).max(2100).optional();

function oneOrMore<T extends z.ZodType<string, string>>(one: T) {
  return z.union([one, z.array(one)]).optional();
}

export const candidateParams = z.object({ candidateId: z.uuid() });

export const candidateQuery = z
  .strictObject({
    state: oneOrMore(z.enum(candidateStates)).describe('Only candidates in these states'),
    relationship: oneOrMore(relationship).describe('Only these relationships'),
    claimed: z
      .literal('by-me')
      .optional()
      .describe('Only those that you have taken up, or were given'),
    province: oneOrMore(z.string().regex(/^\d{2}$/, 'two digits of GB/T 2260')).describe(
      'Only where the child went missing, or the person was found, in one of these',
    ),
    from: year.describe('Only children who went missing in this year or later'),
    to: year.describe('Only children who went missing in this year or earlier'),
    unsaid: z
      .literal('hidden')
      .optional()
      .describe(
        'Candidates of which no province, or no year, is said pass those filters unless they are hidden',
      ),
    sex: oneOrMore(agreement).describe('Only where the sexes of both sides agree so'),
    birth: oneOrMore(agreement).describe('Only where the days of birth of both sides agree so'),
    order: z
      .enum(['largest-first', 'smallest-first'])
      .default('largest-first')
      .describe('Of the LR; the same throughout the pages of a list'),
    limit: z.coerce.number().int().min(1).max(500).default(50),
    cursor: z.string().max(200).optional().describe('`nextCursor` of the page before'),
  })
  .refine(({ from, to }) => from === undefined || to === undefined || from <= to, {
    path: ['to'],
    message: 'is a year before `from`',
  });

export const caseQuery = z.strictObject({
  format: z
    .enum(CASE_FORMATS)
    .default('jsonl')
    .describe(
      'jsonl: a line that `homeward lr --cases` computes; fam: a Familias project, where an ' +
        'untyped parent’s allele is drawn from the population whatever the policy says',
    ),
});

export const caseFile = {
  description: 'The people, the hypotheses, the parameters and the frequencies as they were used',
  content: {
    'application/x-ndjson': { schema: z.string() },
    'text/plain; charset=utf-8': { schema: z.string() },
  },
};

const rivals = z
  .array(
    z.object({
      relative: z.string().describe('Sample id of a relative that the LR rests on'),
      relationships: z.array(
        z.object({
          relationship: z.enum(RIVAL_RELATIONSHIPS),
          kind,
          log10Lr: log10Lr.nullable(),
          lociInconsistent: z.int(),
        }),
      ),
    }),
  )
  .describe(
    'The relative and the person alone, each relationship against unrelated. Empty where a release ' +
      'up to 0.2.0 computed the candidate, until a sweep computes it again',
  );

export const candidateRivals = z.object({ notice: z.string(), rivals });

const state = z
  .enum(candidateStates)
  .describe(
    'proposed: nobody has signed; second-opinion: one has; disputed: two differ, a third settles; else what two said',
  );

export const claim = z.object({
  analystId: z.string(),
  claimedBy: z.string(),
  claimedAt: z.date(),
  expiresAt: z.date(),
});

export const candidateSummary = z.object({
  id: z.uuid(),
  unknown: z.string().describe('Sample id of the person of unknown origin'),
  family: z.string(),
  relatives: z
    .array(z.string())
    .describe('Sample ids that the LR rests on: father, mother, then the others'),
  relationship: relationship.describe(
    'What the LR says: child of both parents or of one, child of the family of `relatives`, or the same person',
  ),
  log10Lr,
  posterior: z.number().describe("Posterior probability, with the policy's prior"),
  expectedChanceCandidates: z
    .number()
    .describe('Unrelated pairs expected to reach this LR in a database of the present size'),
  lociCompared: z.int(),
  lociInconsistent: z.int(),
  wholeFails: z
    .boolean()
    .describe(
      'Part of the typed family is put forward; all of it together does not reach the threshold',
    ),
  state,
  revision: z.int(),
  round: z.int().describe('Of review: another begins with a new result, or when it is reopened'),
  version: z.int().describe('As the ETag of the candidate has it, for If-Match'),
  claims: z.array(claim).describe('Who has taken it up'),
  openFindings: z
    .array(z.uuid())
    .describe('Findings that nobody has settled: somebody of it may be somebody else as well'),
  circumstances,
  updatedAt: z.iso.datetime(),
  lapsedAt: z.iso
    .datetime()
    .nullable()
    .describe('Set when, judged again, the pair no longer reached the threshold'),
});

export const candidateList = z.object({
  policy: z
    .object({ id: z.uuid(), name: z.string(), threshold: z.number(), priorInDatabase: z.number() })
    .nullable()
    .describe('The policy in force; null when there is none yet'),
  candidates: z.array(candidateSummary),
  nextCursor: z.string().nullable(),
});

const genotype = z.array(z.string()).nullable();

export const candidateDetail = candidateSummary.extend({
  notice: z.string(),
  members: z
    .array(
      z.object({
        sampleId: z.string(),
        relation: z.enum(RELATIONS),
        counts: z.boolean().describe('Whether the LR rests on them'),
      }),
    )
    .describe('Everybody of the family who was judged'),
  hypotheses: z.object({ h1: z.string(), h2: z.string() }).describe('What the LR weighs'),
  loci: z.array(
    z.object({
      locus: z.string(),
      kind,
      log10Lr: log10Lr.nullable(),
      mendelian: z.boolean().describe('Whether the genotypes fit without mutation'),
      comparedWith: z.array(z.string()).describe('Those of `relatives` who count here'),
      child: genotype,
      members: z.array(genotype).describe('In the order of `members` of the candidate'),
    }),
  ),
  omitted: z.array(z.object({ locus: z.string(), reason: z.string() })),
  whole: z
    .object({ kind, log10Lr: log10Lr.nullable(), lociInconsistent: z.int() })
    .nullable()
    .describe(
      'What all of the typed family together came to, as the family of the missing child, where ' +
        'only part of it is put forward',
    ),
  rivals,
  signaturesWanted: z.int().describe('How many analysts may still sign'),
  before: z
    .object({ round: z.int(), state, log10Lr })
    .nullable()
    .describe('What the last closed round came to, and of which LR: the present one may differ'),
  decisions: z
    .array(
      z.object({
        round: z.int(),
        verdict: z.enum(['supported', 'excluded', 'inconclusive', 'more-loci']),
        reason: z.string(),
        cause: z.enum(['inconsistent-loci', 'chance', 'other-relative']).nullable(),
        revision: z.int(),
        log10Lr,
        decidedBy: z.string(),
        decidedAt: z.date(),
      }),
    )
    .describe('Until two have signed, what others said in this round is left out'),
  notes: z.array(
    z.object({
      round: z.int(),
      kind: z.enum(['comment', 'reopening']),
      text: z.string(),
      writtenBy: z.string(),
      writtenAt: z.date(),
    }),
  ),
  provenance: z
    .object({
      engineVersion: z.string(),
      policyId: z.uuid(),
      policyHash: z.string(),
      policy: z.unknown(),
      frequencyTable: z.object({ name: z.string(), contentHash: z.string() }),
      profiles: z.object({
        child: z.uuid(),
        members: z.array(z.uuid()).describe('In the order of `members`'),
      }),
    })
    .describe('Everything that the numbers depend on'),
});
