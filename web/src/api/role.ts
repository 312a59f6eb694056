import type { paths } from './schema.d.ts';

/** Who is signed in, as the service knows them. */
export type Session = paths['/v1/session']['get']['responses'][200]['content']['application/json'];
export type Role = Session['role'];
