/** What somebody may be to the service. */
export const ROLES = ['admin', 'analyst', 'collection-point', 'police'] as const;
export type Role = (typeof ROLES)[number];

/** Who speaks, as their API key says. */
export type Actor = { readonly keyId: string } & (
  | { readonly role: 'admin' | 'analyst' }
  | { readonly role: 'collection-point'; readonly collectionPointId: string }
  | { readonly role: 'police'; readonly jurisdiction: string }
);

/* eslint-disable @typescript-eslint/consistent-type-definitions -- only an interface can be extended */
declare module 'fastify' {
  interface FastifyRequest {
    /** Set for every request but those of public routes. */
    actor: Actor | null;
  }
  interface FastifyContextConfig {
    /** Who may call the route. A route without it does not start, see src/http/authentication.ts. */
    roles?: readonly Role[];
  }
}

/** The actor of a request whose route admits this role only. */
export function actorAs<R extends Role>(
  request: { actor: Actor | null },
  role: R,
): Extract<Actor, { role: R }> {
  const { actor } = request;
  if (actor?.role !== role) throw new Error(`this route was reached without role ${role}`);
  return actor as Extract<Actor, { role: R }>;
}
