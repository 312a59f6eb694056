import type { FastifyPluginCallbackZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { actorOf } from '../access/actor.ts';
import {
  newStaffProfile,
  staffParams,
  staffProfile,
  staffProfileList,
} from './staff-profiles.schema.ts';
import type { StaffEntry, StaffProfilesService } from './staff-profiles.service.ts';

const tags = ['contamination'];
const config = { roles: ['admin', 'analyst'] } as const;

export const staffProfileRoutes: FastifyPluginCallbackZod<{
  staffProfiles: StaffProfilesService;
}> = (app, { staffProfiles }, done) => {
  app.put(
    '/staff-profiles/:staffCode',
    {
      config,
      schema: {
        tags,
        summary: 'Store the profile of somebody who handles samples',
        description:
          'Every sample, those that come later too, is compared with it to find contamination. It is compared ' +
          'for nothing else. You declare that the person has consented.',
        params: staffParams,
        body: newStaffProfile,
        response: {
          200: staffProfile.describe('It was there; nothing was changed'),
          201: staffProfile.describe('Stored'),
        },
      },
    },
    async (request, reply) => {
      const { staffCode } = request.params;
      const { id } = actorOf(request);
      const { entry, replayed } = await staffProfiles.put(staffCode, request.body, id);
      return reply.code(replayed ? 200 : 201).send(toJson(entry));
    },
  );

  app.get(
    '/staff-profiles',
    {
      config,
      schema: {
        tags,
        summary: 'The staff profiles, without genotypes',
        response: { 200: staffProfileList },
      },
    },
    async () => ({ staffProfiles: (await staffProfiles.list()).map(toJson) }),
  );

  app.delete(
    '/staff-profiles/:staffCode',
    {
      config,
      schema: {
        tags,
        summary: 'Remove a staff profile with its key and its findings',
        params: staffParams,
        response: { 204: z.null().describe('Removed') },
      },
    },
    async (request, reply) => {
      await staffProfiles.remove(request.params.staffCode);
      return reply.code(204).send(null);
    },
  );
  done();
};

function toJson(entry: StaffEntry): z.infer<typeof staffProfile> {
  const { code, consentVersion, consentSignedOn, uploadedBy, createdAt } = entry;
  return {
    code,
    consent: { version: consentVersion, signedOn: consentSignedOn },
    uploadedBy,
    uploadedAt: createdAt.toISOString(),
  };
}
