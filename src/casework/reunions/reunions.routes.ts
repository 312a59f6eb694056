import type { FastifyPluginCallbackZod } from 'fastify-type-provider-zod';
import type { z } from 'zod';
import { ifMatchHeader, readIfMatch, writeETag } from '../../platform/if-match.ts';
import { actorAs } from '../access/actor.ts';
import { candidateParams } from '../candidates/candidates.schema.ts';
import { caseParams } from '../cases/cases.schema.ts';
import { CONTACT_SCRIPT } from './contact-script.ts';
import {
  evidence,
  laboratoryStep,
  newReunion,
  policeReunion,
  policeStep,
  reunion,
  reunionList,
  reunionParams,
  reunionQuery,
  reunionsOfCandidate,
} from './reunions.schema.ts';
import type { PoliceReunion, Reunion, ReunionsService } from './reunions.service.ts';

const tags = ['reunion'];
const headers = ifMatchHeader;

export const reunionRoutes: FastifyPluginCallbackZod<{ reunions: ReunionsService }> = (
  app,
  { reunions },
  done,
) => {
  app.post(
    '/candidates/:candidateId/reunions',
    {
      config: { roles: ['analyst'] },
      schema: {
        tags,
        summary: 'Have everybody of a supported candidate sampled again',
        params: candidateParams,
        headers,
        body: newReunion,
        response: { 201: reunion },
      },
    },
    async (request, reply) => {
      const made = await reunions.start(request.params.candidateId, {
        actor: actorAs(request, 'analyst'),
        version: readIfMatch(request.headers),
        remark: request.body.remark,
      });
      return reply.code(201).header('etag', writeETag(made.version)).send(toJson(made));
    },
  );

  app.get(
    '/candidates/:candidateId/reunions',
    {
      config: { roles: ['analyst'] },
      schema: {
        tags,
        summary: 'The reunions that were begun for a candidate, the newest first',
        params: candidateParams,
        response: { 200: reunionsOfCandidate },
      },
    },
    async (request) => ({ reunions: await reunions.listOf(request.params.candidateId) }),
  );

  app.get(
    '/reunions',
    {
      config: { roles: ['analyst'] },
      schema: {
        tags,
        summary: 'Reunions, the newest first',
        querystring: reunionQuery,
        response: { 200: reunionList },
      },
    },
    async (request) => {
      const { state, limit, cursor } = request.query;
      const states = [state ?? []].flat();
      const page = await reunions.list({ states, after: cursor ?? null, limit });
      const last = page.length === limit ? page.at(-1) : undefined;
      return { reunions: page, nextCursor: last?.id ?? null };
    },
  );

  app.get(
    '/reunions/:reunionId',
    {
      config: { roles: ['analyst'] },
      schema: {
        tags,
        summary: 'A reunion with all its steps',
        params: reunionParams,
        response: { 200: reunion },
      },
    },
    async (request, reply) => {
      const found = await reunions.read(request.params.reunionId);
      return reply.header('etag', writeETag(found.version)).send(toJson(found));
    },
  );

  app.post(
    '/reunions/:reunionId/evidence',
    {
      config: { roles: ['analyst'] },
      schema: {
        tags,
        summary: 'Weigh what everybody was typed at who was sampled again',
        description:
          'Refused unless all are who they were, more loci are compared and the LR reaches the threshold. The genotypes are not kept.',
        params: reunionParams,
        headers,
        body: evidence,
        response: { 201: reunion },
      },
    },
    async (request, reply) => {
      const { people, remark } = request.body;
      const taken = { actor: actorAs(request, 'analyst'), version: readIfMatch(request.headers), remark }; // prettier-ignore
      const found = await reunions.giveEvidence(request.params.reunionId, people, taken);
      return reply.code(201).header('etag', writeETag(found.version)).send(toJson(found));
    },
  );

  app.post(
    '/reunions/:reunionId/steps',
    {
      config: { roles: ['analyst'] },
      schema: {
        tags,
        summary: 'Confirm, refute, notify the police, or undo',
        params: reunionParams,
        headers,
        body: laboratoryStep,
        response: { 201: reunion },
      },
    },
    async (request, reply) => {
      const { step, remark } = request.body;
      const taken = { actor: actorAs(request, 'analyst'), version: readIfMatch(request.headers), remark }; // prettier-ignore
      const found = await reunions.step(request.params.reunionId, step, taken);
      return reply.code(201).header('etag', writeETag(found.version)).send(toJson(found));
    },
  );

  app.get(
    '/cases/:caseId/reunion',
    {
      config: { roles: ['police'] },
      schema: {
        tags,
        summary: 'What police were notified of, and what is asked of them',
        params: caseParams,
        response: { 200: policeReunion },
      },
    },
    async (request, reply) => {
      const { jurisdiction } = actorAs(request, 'police');
      const found = await reunions.readOfCase(request.params.caseId, jurisdiction);
      return reply.header('etag', writeETag(found.version)).send(toPoliceJson(found));
    },
  );

  app.post(
    '/cases/:caseId/reunion/steps',
    {
      config: { roles: ['police'] },
      schema: {
        tags,
        summary: 'Say what was done: the person asked, the family told, reunited',
        params: caseParams,
        headers,
        body: policeStep,
        response: { 201: policeReunion },
      },
    },
    async (request, reply) => {
      const actor = actorAs(request, 'police');
      const version = readIfMatch(request.headers);
      const { caseId } = request.params;
      const taken = { actor, version, remark: remarkOf(request.body) };
      const found = await reunions.stepOfCase(caseId, actor.jurisdiction, request.body.step, taken);
      return reply.code(201).header('etag', writeETag(found.version)).send(toPoliceJson(found));
    },
  );
  done();
};

/** Who consented stands in the remark. */
function remarkOf(body: z.infer<typeof policeStep>): string {
  if (body.step !== 'consented') return body.remark;
  const { by, ageYears } = body.consent;
  return `${body.remark} (${by}, ${ageYears} years)`;
}

function toJson({ next, people, steps, ...rest }: Reunion): z.input<typeof reunion> {
  return {
    ...rest,
    next: [...next],
    people: people.map(({ id, relation }) => ({ id, relation })),
    steps: steps.map((step) => ({ ...step, evidence: step.evidence as z.input<typeof reunion>['steps'][number]['evidence'] })), // prettier-ignore
  };
}

function toPoliceJson({ next, steps, ...rest }: PoliceReunion): z.input<typeof policeReunion> {
  const { en, zh } = CONTACT_SCRIPT;
  return { ...rest, next: [...next], steps: [...steps], script: { en: [...en], zh: [...zh] } };
}
