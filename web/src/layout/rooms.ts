import type { Role } from '../api/session.ts';

/** The pages that stand in the menu, by whose they are. */
export const ROOMS = {
  analyst: ['candidates', 'reunions', 'findings', 'searches'],
  'collection-point': ['uploads'],
  police: ['cases'],
  admin: ['administration'],
} as const satisfies Record<Role, readonly string[]>;

export type Room = (typeof ROOMS)[Role][number];

export const PATHS = {
  candidates: '/candidates',
  findings: '/findings',
  reunions: '/reunions',
  searches: '/searches',
  uploads: '/uploads',
  cases: '/cases',
  administration: '/administration',
} as const satisfies Record<Room, string>;

/** Where somebody begins. */
export function firstPath(role: Role): (typeof PATHS)[Room] {
  return PATHS[ROOMS[role][0]];
}
