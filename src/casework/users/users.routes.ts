import type { FastifyPluginCallbackZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { createdUser, newUser, userList, userParams } from './users.schema.ts';
import type { UsersService } from './users.service.ts';

const tags = ['administration'];

export const userRoutes: FastifyPluginCallbackZod<{ users: UsersService }> = (
  app,
  { users },
  done,
) => {
  app.post(
    '/users',
    {
      config: { roles: ['admin'] },
      schema: {
        tags,
        summary: 'Register a person who may sign in',
        body: newUser,
        response: { 201: createdUser },
      },
    },
    async (request, reply) => reply.code(201).send(await users.register(request.body)),
  );

  app.get(
    '/users',
    {
      config: { roles: ['admin'] },
      schema: {
        tags,
        summary: 'List the people who may sign in, and who might',
        response: { 200: userList },
      },
    },
    async () => ({ users: await users.list() }),
  );

  app.delete(
    '/users/:userId',
    {
      config: { roles: ['admin'] },
      schema: {
        tags,
        summary: 'Disable a person at once, sessions included',
        description: 'To change a role, disable the person and register them again.',
        params: userParams,
        response: { 204: z.null().describe('Disabled') },
      },
    },
    async (request, reply) => {
      await users.disable(request.params.userId);
      return reply.code(204).send(null);
    },
  );
  done();
};
