import type { FastifyPluginCallbackZod } from 'fastify-type-provider-zod';
import type { z } from 'zod';
import { findLocus, type Profile, readGenotype } from '../../kinship/index.ts';
import { writeETag } from '../../platform/if-match.ts';
import { readCursor, writeCursor } from '../../platform/page-cursor.ts';
import { actorAs } from '../access/actor.ts';
import type { ReadyPolicy } from '../policies/policies.service.ts';
import type { Claim, ClaimsService } from '../reviews/claims.service.ts';
import type { Review, ReviewsService } from '../reviews/reviews.service.ts';
import { signaturesWanted } from '../reviews/verdict.ts';
import {
  type CandidateFile,
  type CaseFormat,
  hypothesesOf,
  relativesOf,
} from './candidate-case.ts';
import type { CandidateResult } from './candidate-result.ts';
import {
  candidateDetail,
  candidateList,
  candidateParams,
  candidateRivals,
  candidateQuery,
  type candidateSummary,
  caseFile,
  caseQuery,
} from './candidates.schema.ts';
import type {
  Candidate,
  CandidateFilter,
  CandidatesService,
  RankedCandidate,
} from './candidates.service.ts';

const tags = ['candidates'];

const NOTICE = 'A lead, not an identification: it is confirmed only by re-sampling.';

const CASE_TYPES: Readonly<Record<CaseFormat, keyof (typeof caseFile)['content']>> = {
  jsonl: 'application/x-ndjson',
  fam: 'text/plain; charset=utf-8',
};

export const candidateRoutes: FastifyPluginCallbackZod<{
  candidates: CandidatesService;
  reviews: ReviewsService;
  claims: ClaimsService;
}> = (app, { candidates, reviews, claims }, done) => {
  app.get(
    '/candidates',
    {
      config: { roles: ['analyst'] },
      schema: {
        tags,
        summary: 'Candidates under the policy in force, ranked by LR',
        description:
          'Nothing that is said of cases hides or ranks a candidate, unless a filter asks for it.',
        querystring: candidateQuery,
        response: { 200: candidateList },
      },
    },
    async (request) => {
      const { limit } = request.query;
      const { policy, candidates: page } = await candidates.list(
        readFilter(request.query, actorAs(request, 'analyst').id),
      );
      const claimsOf = await claims.list(page.map(({ id }) => id));
      const last = page.length === limit ? page.at(-1) : undefined;
      return {
        policy: policy && toPolicy(policy),
        candidates: page.map((candidate) => toSummary(candidate, claimsOf.get(candidate.id) ?? [])),
        nextCursor: last ? writeCursor(last) : null,
      };
    },
  );

  app.get(
    '/candidates/:candidateId',
    {
      config: { roles: ['analyst'] },
      schema: {
        tags,
        summary: 'One candidate, locus by locus, with everything its numbers depend on',
        params: candidateParams,
        response: { 200: candidateDetail },
      },
    },
    async (request, reply) => {
      const file = await candidates.read(request.params.candidateId);
      const review = await reviews.read(file.candidate, actorAs(request, 'analyst').id);
      return reply.header('etag', writeETag(file.candidate.version)).send(toDetail(file, review));
    },
  );

  app.get(
    '/candidates/:candidateId/rivals',
    {
      config: { roles: ['analyst'] },
      schema: {
        tags,
        summary: 'What else the relatives of a candidate may be to the person',
        params: candidateParams,
        response: { 200: candidateRivals },
      },
    },
    async (request) => {
      const { candidate } = await candidates.read(request.params.candidateId);
      return { notice: NOTICE, rivals: toRivals(candidate) };
    },
  );

  app.get(
    '/candidates/:candidateId/case',
    {
      config: { roles: ['analyst'] },
      schema: {
        tags,
        summary: 'One candidate as a case for another program, to compute its LR again',
        params: candidateParams,
        querystring: caseQuery,
        response: { 200: caseFile },
      },
    },
    async (request, reply) => {
      const { candidateId } = request.params;
      const { format } = request.query;
      const text = await candidates.writeCase(candidateId, format);
      return reply
        .type(CASE_TYPES[format])
        .header('content-disposition', `attachment; filename="${candidateId}.${format}"`)
        .send(text);
    },
  );
  done();
};

function readFilter(query: z.infer<typeof candidateQuery>, analystId: string): CandidateFilter {
  const { state, relationship, claimed, province, from, to, unsaid, sex, birth, order } = query;
  return {
    states: [state ?? []].flat(),
    relationships: [relationship ?? []].flat(),
    claimedBy: claimed ? analystId : null,
    provinces: [province ?? []].flat(),
    ...{ from: from ?? null, to: to ?? null },
    hidesUnsaid: unsaid === 'hidden',
    sexes: [sex ?? []].flat(),
    births: [birth ?? []].flat(),
    isAscending: order === 'smallest-first',
    after: readCursor(query.cursor),
    limit: query.limit,
  };
}

function toRivals(candidate: Candidate): z.infer<typeof candidateRivals>['rivals'] {
  const { members, relativeProfileIds, result } = candidate;
  return result.rivals.flatMap((relationships, place) => {
    const relative = members.find(({ profileId }) => profileId === relativeProfileIds[place]);
    return relative ? [{ relative: relative.code, relationships: [...relationships] }] : [];
  });
}

function toPolicy({ id, name, document }: ReadyPolicy) {
  const { threshold, priorInDatabase } = document;
  return { id, name, threshold, priorInDatabase };
}

function toSummary(
  candidate: RankedCandidate,
  claims: readonly Claim[],
): z.infer<typeof candidateSummary> {
  const { id, relationship, log10Lr, posterior, expectedChanceCandidates } = candidate;
  const { lociCompared, lociInconsistent, state, revision, round, version } = candidate;
  return {
    id,
    unknown: candidate.unknownCode,
    family: candidate.familyCode,
    relatives: relativesOf(candidate).map(({ code }) => code),
    relationship,
    log10Lr,
    posterior,
    expectedChanceCandidates,
    lociCompared,
    lociInconsistent,
    wholeFails: relationship !== 'same-person' && candidate.result.whole !== null,
    state,
    revision,
    round,
    version,
    claims: [...claims],
    openFindings: [...candidate.openFindings],
    circumstances: candidate.circumstances,
    updatedAt: candidate.updatedAt.toISOString(),
    lapsedAt: candidate.lapsedAt?.toISOString() ?? null,
  };
}

function toDetail(
  file: Awaited<ReturnType<CandidatesService['read']>>,
  { decisions, notes, claims, before }: Review,
): z.infer<typeof candidateDetail> {
  const { candidate, policy } = file;
  const { result, engineVersion, members } = candidate;
  const { h1, h2 } = hypothesesOf(candidate);
  return {
    ...toSummary(candidate, claims),
    notice: NOTICE,
    hypotheses: { h1: h1.text, h2: h2.text },
    members: members.map(({ code, relation, counts }) => ({ sampleId: code, relation, counts })),
    loci: result.loci.map((locus) => toLocus(file, locus)),
    omitted: [...result.omitted],
    whole: result.whole,
    rivals: toRivals(candidate),
    signaturesWanted: signaturesWanted(candidate.state),
    before,
    decisions: [...decisions],
    notes: [...notes],
    provenance: {
      engineVersion,
      policyId: policy.id,
      policyHash: policy.contentHash,
      policy: policy.document,
      frequencyTable: { name: policy.tableName, contentHash: policy.tableHash },
      profiles: {
        child: candidate.childProfileId,
        members: members.map(({ profileId }) => profileId),
      },
    },
  };
}

function toLocus(
  { candidate, profiles }: CandidateFile,
  { locus, kind, log10Lr, mendelian }: CandidateResult['loci'][number],
): z.infer<typeof candidateDetail>['loci'][number] {
  const { childProfileId, members } = candidate;
  const at = (profileId: string): string[] | null => genotypeAt(profiles.get(profileId), locus);
  return {
    ...{ locus, kind, log10Lr, mendelian },
    comparedWith: relativesOf(candidate)
      .filter(({ profileId }) => isUsable(profiles.get(profileId), locus))
      .map(({ code }) => code),
    child: at(childProfileId),
    members: members.map(({ profileId }) => at(profileId)),
  };
}

function isUsable(profile: Profile | undefined, name: string): boolean {
  const locus = findLocus(name);
  const genotype = locus && profile?.get(locus);
  return genotype !== undefined && typeof readGenotype(genotype) !== 'string';
}

function genotypeAt(profile: Profile | undefined, name: string): string[] | null {
  const locus = findLocus(name);
  const genotype = locus && profile?.get(locus);
  return genotype ? [...genotype] : null;
}
