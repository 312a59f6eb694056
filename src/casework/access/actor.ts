/** What somebody may be to the service. */
export const ROLES = ['admin', 'analyst', 'collection-point', 'police'] as const;
export type Role = (typeof ROLES)[number];

/** Who speaks: an API key (`key_…`) or a person who signed in (`user_…`). */
export type Actor = { readonly id: string; readonly name: string } & (
  | { readonly role: 'admin' }
  | { readonly role: 'analyst' }
  | { readonly role: 'collection-point'; readonly collectionPointId: string }
  | { readonly role: 'police'; readonly jurisdiction: string }
);

/** What keys and people are stored with. */
type Stored = {
  readonly id: string;
  readonly name: string;
  readonly role: Role;
  readonly collectionPointId: string | null;
  readonly jurisdiction: string | null;
};

/** The signed-in session that a request speaks in. */
export type Session = {
  /** The secret of its cookie. */
  readonly token: string;
  /** When it ends at the latest. */
  readonly endsAt: Date;
};

/* eslint-disable @typescript-eslint/consistent-type-definitions -- only an interface can be extended */
declare module 'fastify' {
  interface FastifyRequest {
    /** Set for every request but those of public routes, and those of signing in until it is known. */
    actor: Actor | null;
    /** Set where a session's cookie says who the actor is. */
    session: Session | null;
  }
  interface FastifyContextConfig {
    /** Who may call the route. A route without it does not start, see src/http/authentication.ts. */
    roles?: readonly Role[];
    /** The route lets people in: it asks for no credentials, and leaves a trace like all others. */
    signsIn?: true;
  }
}

/** The actor of a request, whichever of the roles that its route admits. */
export function actorOf({ actor }: { actor: Actor | null }): Actor {
  if (actor === null) throw new Error('this route was reached by nobody');
  return actor;
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

export function toActor({ id, name, role, collectionPointId, jurisdiction }: Stored): Actor {
  switch (role) {
    case 'collection-point':
      return { id, name, role, collectionPointId: required(collectionPointId) };
    case 'police':
      return { id, name, role, jurisdiction: required(jurisdiction) };
    default:
      return { id, name, role };
  }
}

/** The tables' constraints see to it that everybody has the scope of their role. */
function required(scope: string | null): string {
  if (scope === null) throw new Error('a key or person lacks the scope of its role');
  return scope;
}
