import type { FastifyPluginCallbackZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { type Actor, actorAs } from '../access/actor.ts';
import {
  grantList,
  grantParams,
  grantQuery,
  newGrant,
  newReview,
  openedGrant,
  openedPeople,
} from './break-glass.schema.ts';
import type { BreakGlassService } from './break-glass.service.ts';

const tags = ['administration'];

export const breakGlassRoutes: FastifyPluginCallbackZod<{ breakGlass: BreakGlassService }> = (
  app,
  { breakGlass },
  done,
) => {
  app.post(
    '/break-glass',
    {
      config: { roles: ['analyst', 'admin'] },
      schema: {
        tags,
        summary: 'Open the identities of the people of one case for an hour',
        description: 'It raises an alert, and another administrator reviews it.',
        body: newGrant,
        response: { 201: openedGrant },
      },
    },
    async (request, reply) => {
      const opened = await breakGlass.open(request.body, actorOf(request));
      return reply.code(201).send(toWire(opened));
    },
  );

  app.get(
    '/break-glass/:grantId/people',
    {
      config: { roles: ['analyst', 'admin'] },
      schema: {
        tags,
        summary: 'The people of a case that you opened, while it lasts',
        params: grantParams,
        response: { 200: openedPeople },
      },
    },
    async (request) => {
      const people = await breakGlass.people(request.params.grantId, actorOf(request));
      return {
        people: people.map(({ relation, identity }) => ({
          relation,
          name: identity?.name ?? null,
          nationalId: identity?.nationalId ?? null,
          phone: identity?.phone ?? null,
          address: identity?.address ?? null,
        })),
      };
    },
  );

  app.get(
    '/break-glass',
    {
      config: { roles: ['admin'] },
      schema: {
        tags,
        summary: 'List openings: the oldest 1,000 that nobody has reviewed, or the newest reviewed',
        querystring: grantQuery,
        response: { 200: grantList },
      },
    },
    async (request) => {
      const grants = await breakGlass.list(request.query.state);
      return {
        grants: grants.map((one) => ({
          ...one,
          ...toWire(one),
          reviewedAt: one.reviewedAt?.toISOString() ?? null,
        })),
      };
    },
  );

  app.post(
    '/break-glass/:grantId/review',
    {
      config: { roles: ['admin'] },
      schema: {
        tags,
        summary: "Review another's opening, once",
        params: grantParams,
        body: newReview,
        response: { 204: z.null().describe('Reviewed') },
      },
    },
    async (request, reply) => {
      const { id: reviewedBy } = actorAs(request, 'admin');
      await breakGlass.review(request.params.grantId, { ...request.body, reviewedBy });
      return reply.code(204).send(null);
    },
  );
  done();
};

/** Who speaks, on routes of several roles. */
function actorOf({ actor }: { actor: Actor | null }): string {
  if (!actor) throw new Error('this route was reached by nobody');
  return actor.id;
}

function toWire({
  id,
  caseId,
  openedAt,
  expiresAt,
}: {
  id: string;
  caseId: string;
  openedAt: Date;
  expiresAt: Date;
}) {
  return { id, caseId, openedAt: openedAt.toISOString(), expiresAt: expiresAt.toISOString() };
}
