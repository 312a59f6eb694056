import type { FastifyPluginCallbackZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { actorAs } from '../access/actor.ts';
import {
  alarmList,
  alarmParams,
  alarmQuery,
  alarmResolution,
  barcodeParams,
  chainOfCustody,
  redrawList,
} from './custody.schema.ts';
import type { Alarm, ChainOfCustody, CustodyService } from './custody.service.ts';
import { scanList, scanReceipt } from './scans.schema.ts';
import type { ScansService } from './scans.service.ts';
import { viewerOf } from './viewer.ts';

const tags = ['custody'];

export const custodyRoutes: FastifyPluginCallbackZod<{
  custody: CustodyService;
  scans: ScansService;
}> = (app, { custody, scans }, done) => {
  app.post(
    '/custody/scans',
    {
      config: { roles: ['collection-point', 'analyst'] },
      schema: {
        tags,
        summary: 'Send what was scanned of tubes, up to 1,000 scans',
        description:
          'Collection points send draws, dispatches and losses of their own tubes, the laboratory receipts, ' +
          'typings, losses and destructions. What can be is recorded; what cannot be is refused by row and ' +
          'raises an alarm. Sent again, a scan changes nothing.',
        body: scanList,
        response: { 200: scanReceipt },
      },
    },
    async (request) => scans.record(viewerOf(request.actor), request.body.scans),
  );

  app.get(
    '/custody/alarms',
    {
      config: { roles: ['collection-point', 'analyst', 'admin'] },
      schema: {
        tags,
        summary: 'Scans that could not be, and tubes that are overdue',
        description: 'Collection points see those of their own tubes and scans.',
        querystring: alarmQuery,
        response: { 200: alarmList },
      },
    },
    async (request) => {
      const { total, alarms } = await custody.alarms(viewerOf(request.actor), request.query.state);
      return { total, alarms: alarms.map(toAlarm) };
    },
  );

  app.post(
    '/custody/alarms/:alarmId/resolution',
    {
      config: { roles: ['analyst', 'admin'] },
      schema: {
        tags,
        summary: 'Say what an alarm was',
        params: alarmParams,
        body: alarmResolution,
        response: { 204: z.null().describe('Resolved') },
      },
    },
    async (request, reply) => {
      const { id } = viewerOf(request.actor);
      await custody.resolve(request.params.alarmId, request.body.reason, id);
      return reply.code(204).send(null);
    },
  );

  app.get(
    '/custody/redraws',
    {
      config: { roles: ['collection-point'] },
      schema: {
        tags,
        summary: 'Tubes of yours whose blood is to be drawn again',
        description:
          'Lost, or destroyed before they were typed. A draw that `replaces` one ends it.',
        response: { 200: redrawList },
      },
    },
    async (request) => {
      const { collectionPointId } = actorAs(request, 'collection-point');
      const tubes = await custody.redraws(collectionPointId);
      return {
        redraws: tubes.map(({ barcode, sampleCode, state, drawnAt, since }) => ({
          ...{ barcode, sampleId: sampleCode, state },
          drawnAt: drawnAt.toISOString(),
          since: since.toISOString(),
        })),
      };
    },
  );

  app.get(
    '/custody/:barcode',
    {
      config: { roles: ['collection-point', 'analyst', 'admin'] },
      schema: {
        tags,
        summary: 'The chain of custody of a tube, with its gaps',
        params: barcodeParams,
        response: { 200: chainOfCustody },
      },
    },
    async (request) => toChain(await custody.read(viewerOf(request.actor), request.params.barcode)),
  );
  done();
};

function toAlarm({ at, raisedAt, resolvedAt, ...rest }: Alarm) {
  return {
    ...rest,
    at: at.toISOString(),
    raisedAt: raisedAt.toISOString(),
    resolvedAt: resolvedAt?.toISOString() ?? null,
  };
}

function toChain({ since, issuedAt, sampleCode, scans, alarms, ...rest }: ChainOfCustody) {
  return {
    ...rest,
    since: since.toISOString(),
    issuedAt: issuedAt.toISOString(),
    sampleId: sampleCode,
    scans: scans.map(({ at, recordedAt, ...scan }) => ({
      ...scan,
      at: at.toISOString(),
      recordedAt: recordedAt.toISOString(),
    })),
    alarms: alarms.map(toAlarm),
  };
}
