import swagger from '@fastify/swagger';
import swaggerUi from '@fastify/swagger-ui';
import fp from 'fastify-plugin';
import { jsonSchemaTransform } from 'fastify-type-provider-zod';
import { ENGINE_VERSION } from '../platform/provenance.ts';

/** Describes the routes as OpenAPI 3.1, from their Zod schemas, and serves a page to read it. */
export const openApi = fp(async (app) => {
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Homeward 归途',
        version: ENGINE_VERSION.split(' ')[1]!,
        description:
          'Finds the families of children of unknown origin from DNA. Every route under /v1 takes ' +
          'an API key: `Authorization: Bearer …`. Errors are problem details (RFC 9457).',
        license: { name: 'Apache-2.0', url: 'https://www.apache.org/licenses/LICENSE-2.0' },
      },
      tags: [
        { name: 'intake', description: 'Collection points send profiles' },
        { name: 'candidates', description: 'Analysts review what the search proposes' },
        { name: 'police', description: 'Status of a case, never a genotype' },
        { name: 'policies', description: 'Frequency tables and how LRs are computed' },
        { name: 'administration', description: 'Collection points and keys' },
      ],
      components: { securitySchemes: { apiKey: { type: 'http', scheme: 'bearer' } } },
      security: [{ apiKey: [] }],
    },
    transform: jsonSchemaTransform,
  });
  await app.register(swaggerUi, {
    routePrefix: '/docs',
    staticCSP: true,
    uiConfig: { docExpansion: 'list', persistAuthorization: false },
  });
});
