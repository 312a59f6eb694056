import swagger, { type SwaggerTransformObject } from '@fastify/swagger';
import swaggerUi from '@fastify/swagger-ui';
import type { FastifyContextConfig } from 'fastify';
import fp from 'fastify-plugin';
import { jsonSchemaTransform } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { VERSION } from '../platform/provenance.ts';
import { problem } from './error-reply.ts';

type Described = ReturnType<typeof jsonSchemaTransform>;

/** Says who may call the route, from the declaration that is enforced. */
function describeRoles(
  { schema, url }: Described,
  { roles = [], signsIn }: FastifyContextConfig = {},
): Described {
  const whom = signsIn ? 'anybody' : roles.join(', ');
  if (whom === '') return { schema, url };
  const { description = '' } = schema as { description?: string };
  return {
    schema: { ...schema, description: `${description} For: ${whom}.`.trim() },
    url,
  };
}

const PROBLEM = {
  'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } },
};
const FILE = { schema: { type: 'string', description: 'A file' } } as const;

type Operation = {
  requestBody?: { content: Record<string, unknown> };
  responses: Record<string, unknown>;
};

/** Adds what every operation has: the one form of errors, and files that are plain text. */
const completeOperations: SwaggerTransformObject = (document) => {
  if (!('openapiObject' in document)) throw new Error('the description is OpenAPI 3');
  const { openapiObject } = document;
  for (const path of Object.values(openapiObject.paths ?? {})) {
    for (const operation of Object.values(path ?? {}) as Operation[]) {
      operation.responses.default = { description: 'An error, and what to do', content: PROBLEM };
      const content = operation.requestBody?.content;
      for (const type of Object.keys(content ?? {})) {
        if (content && type !== 'application/json') content[type] = FILE;
      }
    }
  }
  return openapiObject;
};

/** Describes the routes as OpenAPI 3.1, from their Zod schemas, and serves a page to read it. */
export const openApi = fp(async (app) => {
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Homeward 归途',
        version: VERSION,
        description:
          'Finds the families of children of unknown origin from DNA. Every route under /v1 takes ' +
          'an API key (`Authorization: Bearer …`), the session of a person who signed in at ' +
          '`/v1/sign-in`, or a signature (RFC 9421) by a key that signs. In a session, whatever ' +
          'changes something needs the header `X-CSRF-Token` with the csrfToken of `/v1/session`. ' +
          'Errors are problem details (RFC 9457).',
        license: { name: 'Apache-2.0', url: 'https://www.apache.org/licenses/LICENSE-2.0' },
      },
      tags: [
        { name: 'intake', description: 'Collection points send profiles' },
        { name: 'custody', description: 'Tubes, from the kit to the profile' },
        { name: 'candidates', description: 'Analysts review what the search proposes' },
        { name: 'likelihood-ratios', description: 'Analysts weigh any hypotheses' },
        { name: 'power', description: 'What LRs a relationship and a set of loci can bring' },
        {
          name: 'cases',
          description: 'Who is looked for, and when and where they were lost or found',
        },
        { name: 'police', description: 'Status of a case, never a genotype' },
        { name: 'policies', description: 'Frequency tables and how LRs are computed' },
        { name: 'sign-in', description: 'People sign in and out' },
        { name: 'administration', description: 'Collection points, keys and people' },
      ],
      components: {
        securitySchemes: {
          apiKey: { type: 'http', scheme: 'bearer' },
          session: { type: 'apiKey', in: 'cookie', name: '__Host-homeward' },
        },
        schemas: { Problem: z.toJSONSchema(problem) as object },
      },
      security: [{ apiKey: [] }, { session: [] }],
    },
    transform: (route) => describeRoles(jsonSchemaTransform(route), route.route.config),
    transformObject: completeOperations,
  });
  await app.register(swaggerUi, {
    routePrefix: '/docs',
    staticCSP: true,
    uiConfig: { docExpansion: 'list', persistAuthorization: false },
  });
});
