import type { FastifyPluginCallbackZod } from 'fastify-type-provider-zod';
import type { z } from 'zod';
import { health } from './health.schema.ts';
import type { HealthService } from './health.service.ts';

export const healthRoutes: FastifyPluginCallbackZod<{ health: HealthService }> = (
  app,
  services,
  done,
) => {
  app.get(
    '/health',
    {
      config: { roles: ['admin'], untraced: true },
      schema: {
        tags: ['administration'],
        summary: 'How queues, search index, database and alarms stand',
        description:
          'Numbers alone. Whether the process is up is said to everybody at `/health` of the service.',
        response: { 200: health },
      },
    },
    async () => toWire(await services.health.read()),
  );
  done();
};

function toWire({
  at,
  process,
  queues,
  index,
  ...rest
}: Awaited<ReturnType<HealthService['read']>>): z.input<typeof health> {
  const said = (moment: Date | null): string | null => moment?.toISOString() ?? null;
  return {
    ...rest,
    at: at.toISOString(),
    process: { ...process, startedAt: process.startedAt.toISOString() },
    queues: {
      kind: queues.kind,
      work: queues.work.map((one) => ({ ...one, oldestAt: said(one.oldestAt) })),
    },
    index: index && { ...index, readAt: said(index.readAt), changedAt: said(index.changedAt) },
  };
}
