import type { FastifyPluginCallbackZod } from 'fastify-type-provider-zod';
import type { z } from 'zod';
import { ifMatchHeader, readIfMatch, writeETag } from '../../platform/if-match.ts';
import { ROLES } from '../access/actor.ts';
import {
  collectionPoint,
  collectionPointAnswer,
  collectionPointChange,
  collectionPointParams,
  collectionPointQuery,
  collectionPointState,
  type feature,
  newCollectionPoint,
} from './collection-points.schema.ts';
import type { CollectionPointsService } from './collection-points.service.ts';

const tags = ['administration'];

export const collectionPointRoutes: FastifyPluginCallbackZod<{
  collectionPoints: CollectionPointsService;
}> = (app, { collectionPoints }, done) => {
  app.post(
    '/collection-points',
    {
      config: { roles: ['admin'] },
      schema: {
        tags,
        summary: 'Register a collection point',
        body: newCollectionPoint,
        response: { 201: collectionPoint },
      },
    },
    async (request, reply) => {
      const point = await collectionPoints.create(request.body);
      return reply.code(201).header('etag', writeETag(point.version)).send(point);
    },
  );

  app.get(
    '/collection-points',
    {
      config: { roles: ROLES },
      schema: {
        tags,
        summary: 'List the collection points, or those nearest to a place',
        querystring: collectionPointQuery,
        response: { 200: collectionPointAnswer },
      },
    },
    async (request, reply) => {
      const { division, near, limit } = request.query;
      if (!near) return { collectionPoints: await collectionPoints.list(division) };
      const found = await collectionPoints.nearest(near, limit, division);
      return reply
        .type('application/geo+json')
        .send({ type: 'FeatureCollection', features: found.map(toFeature) });
    },
  );

  app.get(
    '/collection-points/:pointId',
    {
      config: { roles: ['admin'] },
      schema: {
        tags,
        summary: 'One collection point, with the ETag that a change needs',
        params: collectionPointParams,
        response: { 200: collectionPoint },
      },
    },
    async (request, reply) => {
      const point = await collectionPoints.read(request.params.pointId);
      return reply.header('etag', writeETag(point.version)).send(point);
    },
  );

  app.put(
    '/collection-points/:pointId',
    {
      config: { roles: ['admin'] },
      schema: {
        tags,
        summary: 'Change a collection point, whole but for its code and state',
        description: 'Send its ETag as If-Match: what somebody else changed meanwhile is not lost.',
        params: collectionPointParams,
        headers: ifMatchHeader,
        body: collectionPointChange,
        response: { 200: collectionPoint },
      },
    },
    async (request, reply) => {
      const version = readIfMatch(request.headers);
      const { pointId } = request.params;
      const point = await collectionPoints.change(pointId, version, request.body);
      return reply.header('etag', writeETag(point.version)).send(point);
    },
  );

  app.put(
    '/collection-points/:pointId/state',
    {
      config: { roles: ['admin'] },
      schema: {
        tags,
        summary: 'Suspend a collection point, or open it again',
        description:
          'While it is suspended its uploads, consents and scans are refused; its keys stay, and it can ' +
          'still read what is its own and withdraw samples.',
        params: collectionPointParams,
        body: collectionPointState,
        response: { 200: collectionPoint },
      },
    },
    async (request, reply) => {
      const point = await collectionPoints.setState(request.params.pointId, request.body);
      return reply.header('etag', writeETag(point.version)).send(point);
    },
  );
  done();
};

type Nearest = Awaited<ReturnType<CollectionPointsService['nearest']>>[number];

function toFeature({ id, position, metres, ...point }: Nearest): z.infer<typeof feature> {
  const { code, name, division, address, phone } = point;
  const { longitude, latitude } = position;
  return {
    type: 'Feature',
    id,
    geometry: { type: 'Point', coordinates: [longitude, latitude] },
    properties: { code, name, division, address, phone, distanceMetres: Math.round(metres) },
  };
}
