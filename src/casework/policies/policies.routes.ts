import type { FastifyPluginCallbackZod } from 'fastify-type-provider-zod';
import { newPolicy, policyEntry, policyList, readPolicyDocument } from './policy.schema.ts';
import type { PoliciesService, PolicyRow } from './policies.service.ts';

const tags = ['policies'];

export const policyRoutes: FastifyPluginCallbackZod<{ policies: PoliciesService }> = (
  app,
  { policies },
  done,
) => {
  app.post(
    '/policies',
    {
      config: { roles: ['admin'] },
      schema: {
        tags,
        summary: 'Put a new policy in force; everybody is searched again under it',
        body: newPolicy,
        response: { 200: policyEntry.describe('In force already'), 201: policyEntry },
      },
    },
    async (request, reply) => {
      const { row, created } = await policies.activate(request.body);
      return reply.code(created ? 201 : 200).send(toEntry(row));
    },
  );

  app.get(
    '/policies',
    {
      config: { roles: ['admin', 'analyst'] },
      schema: { tags, summary: 'List the policies', response: { 200: policyList } },
    },
    async () => ({ policies: (await policies.list()).map(toEntry) }),
  );
  done();
};

function toEntry({ document, createdAt, ...policy }: PolicyRow) {
  return {
    ...policy,
    document: readPolicyDocument(document),
    createdAt: createdAt.toISOString(),
  };
}
