import type { FastifyPluginCallbackZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { HomewardError } from '../../platform/errors.ts';
import { ifMatchHeader, readIfMatch, writeETag } from '../../platform/if-match.ts';
import { actorAs } from '../access/actor.ts';
import { candidateParams, claim } from '../candidates/candidates.schema.ts';
import type { ClaimsService } from './claims.service.ts';
import {
  analystId,
  analystList,
  comment,
  decision,
  disposition,
  dispositionReport,
  newClaim,
  reopening,
  standing,
} from './reviews.schema.ts';
import type { ReviewsService } from './reviews.service.ts';

const tags = ['review'];
const config = { roles: ['analyst'] } as const;
const PATH = '/candidates/:candidateId';

export const reviewRoutes: FastifyPluginCallbackZod<{
  reviews: ReviewsService;
  claims: ClaimsService;
}> = (app, { reviews, claims }, done) => {
  app.post(
    `${PATH}/decisions`,
    {
      config,
      schema: {
        tags,
        summary: 'Sign a decision on a candidate',
        description:
          'Two analysts sign, neither seeing what the other said; where they differ a third settles it.',
        params: candidateParams,
        headers: ifMatchHeader,
        body: decision,
        response: { 201: standing },
      },
    },
    async (request, reply) => {
      const opinion = { ...request.body, version: readIfMatch(request.headers) };
      const { id } = actorAs(request, 'analyst');
      const result = await reviews.decide(request.params.candidateId, opinion, id);
      return reply.code(201).header('etag', writeETag(result.version)).send(result);
    },
  );

  app.post(
    '/candidates/dispositions',
    {
      config,
      schema: {
        tags,
        summary: 'Sign the same decision on several candidates',
        description: 'Each by itself: what cannot be signed is reported, the others are.',
        body: disposition,
        response: { 200: dispositionReport },
      },
    },
    async (request) => {
      const { candidates, ...opinion } = request.body;
      const { id } = actorAs(request, 'analyst');
      return toReport(await reviews.decideAll(candidates, opinion, id));
    },
  );

  app.post(
    `${PATH}/reopenings`,
    {
      config,
      schema: {
        tags,
        summary: 'Open a settled candidate for another round',
        params: candidateParams,
        headers: ifMatchHeader,
        body: reopening,
        response: { 201: standing },
      },
    },
    async (request, reply) => {
      const wanted = { ...request.body, version: readIfMatch(request.headers) };
      const { id } = actorAs(request, 'analyst');
      const result = await reviews.reopen(request.params.candidateId, wanted, id);
      return reply.code(201).header('etag', writeETag(result.version)).send(result);
    },
  );

  app.post(
    `${PATH}/comments`,
    {
      config,
      schema: {
        tags,
        summary: 'Write a comment on a candidate',
        description: 'Before two have signed nobody else sees it.',
        params: candidateParams,
        body: comment,
        response: { 204: z.null().describe('Written') },
      },
    },
    async (request, reply) => {
      const { id } = actorAs(request, 'analyst');
      await reviews.comment(request.params.candidateId, request.body.text, id);
      return reply.code(204).send(null);
    },
  );

  app.post(
    `${PATH}/claims`,
    {
      config,
      schema: {
        tags,
        summary: 'Take a candidate up, or give it to another analyst, for some time',
        params: candidateParams,
        headers: ifMatchHeader,
        body: newClaim,
        response: { 201: claim },
      },
    },
    async (request, reply) => {
      const { id } = actorAs(request, 'analyst');
      const { analystId: whose = id, minutes } = request.body;
      const wanted = { analystId: whose, minutes, version: readIfMatch(request.headers) };
      return reply.code(201).send(await claims.claim(request.params.candidateId, wanted, id));
    },
  );

  app.delete(
    `${PATH}/claims/:analystId`,
    {
      config,
      schema: {
        tags,
        summary: 'Give up a claim of yours, or one that you made for another',
        params: candidateParams.extend({ analystId }),
        response: { 204: z.null().describe('Given up') },
      },
    },
    async (request, reply) => {
      const { candidateId, analystId: whose } = request.params;
      await claims.release(candidateId, whose, actorAs(request, 'analyst').id);
      return reply.code(204).send(null);
    },
  );

  app.get(
    '/analysts',
    {
      config,
      schema: { tags, summary: 'Who reviews candidates here', response: { 200: analystList } },
    },
    async () => ({ analysts: await claims.listAnalysts() }),
  );
  done();
};

function toReport(
  results: Awaited<ReturnType<ReviewsService['decideAll']>>,
): z.infer<typeof dispositionReport> {
  const candidates = results.map(({ id, result }) =>
    result instanceof HomewardError
      ? { id, standing: null, code: result.code, message: result.message }
      : { id, standing: result, code: null, message: null },
  );
  const signed = candidates.filter(({ standing }) => standing !== null).length;
  return { signed, refused: candidates.length - signed, candidates };
}
