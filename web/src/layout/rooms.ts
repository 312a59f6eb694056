import type { Role } from '../api/session.ts';

/** The pages that stand in the menu, by whose they are. */
export const ROOMS = {
  analyst: ['candidates', 'findings', 'searches'],
  'collection-point': ['uploads', 'collection', 'tubes', 'samples'],
  police: ['cases'],
  admin: ['administration'],
} as const satisfies Record<Role, readonly string[]>;

export type Room = (typeof ROOMS)[Role][number];

export const PATHS = {
  candidates: '/candidates',
  findings: '/findings',
  searches: '/searches',
  uploads: '/uploads',
  collection: '/collection',
  tubes: '/tubes',
  samples: '/samples',
  cases: '/cases',
  administration: '/administration',
} as const satisfies Record<Room, string>;

/** Where somebody begins. */
export function firstPath(role: Role): (typeof PATHS)[Room] {
  return PATHS[ROOMS[role][0]];
}
