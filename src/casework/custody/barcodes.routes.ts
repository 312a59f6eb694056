import type { FastifyPluginCallbackZod } from 'fastify-type-provider-zod';
import { actorAs } from '../access/actor.ts';
import { barcodeBlock, barcodeSheet, blockParams, newBarcodes } from './barcodes.schema.ts';
import type { BarcodesService } from './barcodes.service.ts';

const tags = ['custody'];

export const barcodeRoutes: FastifyPluginCallbackZod<{ barcodes: BarcodesService }> = (
  app,
  { barcodes },
  done,
) => {
  app.post(
    '/barcodes',
    {
      config: { roles: ['admin'] },
      schema: {
        tags,
        summary: 'Issue barcodes for the tubes of a collection point',
        body: newBarcodes,
        response: { 201: barcodeBlock },
      },
    },
    async (request, reply) => {
      const { id } = actorAs(request, 'admin');
      return reply.code(201).send(await barcodes.issue(request.body, id));
    },
  );

  app.get(
    '/barcodes/:blockId',
    {
      config: { roles: ['admin'] },
      schema: {
        tags,
        summary: 'A block of barcodes to print, as CSV',
        params: blockParams,
        response: { 200: barcodeSheet },
      },
    },
    async (request, reply) => {
      const { blockId } = request.params;
      const sheet = await barcodes.writeSheet(blockId);
      return reply
        .type('text/csv; charset=utf-8')
        .header('content-disposition', `attachment; filename="barcodes-${blockId}.csv"`)
        .send(sheet);
    },
  );
  done();
};
