import type { FastifyPluginCallbackZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { HomewardError } from '../../platform/errors.ts';
import { ROLES } from '../access/actor.ts';
import { csrfTokenOf } from './session-token.ts';
import { redirect, signInAnswer, whoAmI } from './sign-in.schema.ts';
import type { SignInService } from './sign-in.service.ts';

const tags = ['sign-in'];
const NO_CREDENTIALS: never[] = [];

export const signInRoutes: FastifyPluginCallbackZod<{ signIn: SignInService }> = (
  app,
  { signIn },
  done,
) => {
  app.get(
    '/sign-in',
    {
      config: { signsIn: true },
      schema: {
        tags,
        security: NO_CREDENTIALS,
        summary: 'Sign in: leads a browser to the issuer',
        response: { 303: redirect },
      },
    },
    async (_request, reply) => {
      const { url, token } = await signIn.begin();
      const { name, options } = signIn.cookies().signIn;
      return reply.setCookie(name, token, options).redirect(url, 303);
    },
  );

  app.get(
    '/sign-in/callback',
    {
      config: { signsIn: true },
      schema: {
        tags,
        security: NO_CREDENTIALS,
        summary: 'Where the issuer leads the browser back to; begins a session',
        querystring: signInAnswer,
        response: { 303: redirect },
      },
    },
    async (request, reply) => {
      const { cookies, url } = request;
      const forms = signIn.cookies();
      const { actor, token } = await signIn.finish({
        token: cookies[forms.signIn.name],
        state: request.query.state,
        answer: url,
      });
      request.actor = actor;
      // Whoever signs in anew leaves nothing behind.
      const before = cookies[forms.session.name];
      if (before) await signIn.end(before);
      return reply
        .clearCookie(forms.signIn.name, forms.signIn.options)
        .setCookie(forms.session.name, token, forms.session.options)
        .redirect('/', 303);
    },
  );

  app.get(
    '/session',
    {
      config: { roles: ROLES },
      schema: { tags, summary: 'Who am I?', response: { 200: whoAmI } },
    },
    ({ actor, session }) => {
      if (!actor) throw new Error('this route was reached by nobody');
      if (!session) return { ...actor, session: null };
      const { token, endsAt } = session;
      return { ...actor, session: { endsAt, csrfToken: csrfTokenOf(token) } };
    },
  );

  app.delete(
    '/session',
    {
      config: { roles: ROLES },
      schema: {
        tags,
        summary: 'Sign out',
        response: { 204: z.null().describe('Signed out') },
      },
    },
    async ({ session }, reply) => {
      if (!session) throw new HomewardError('NOT_FOUND', 'A key has no session to end.');
      await signIn.end(session.token);
      const { name, options } = signIn.cookies().session;
      return reply.clearCookie(name, options).code(204).send(null);
    },
  );
  done();
};
