import type { Role } from '../api/role.ts';

/** The pages that stand in the menu, by whose they are. */
export const ROOMS = {
  analyst: ['candidates', 'reunions', 'findings', 'searches', 'calculator', 'charts'],
  'collection-point': ['uploads', 'collection', 'tubes', 'samples'],
  police: ['cases'],
  admin: ['people', 'keys', 'points', 'audit', 'oversight', 'health', 'steering', 'webhooks'],
} as const satisfies Record<Role, readonly string[]>;

export type Room = (typeof ROOMS)[Role][number];

export const PATHS = {
  candidates: '/candidates',
  findings: '/findings',
  reunions: '/reunions',
  searches: '/searches',
  calculator: '/calculator',
  charts: '/charts',
  uploads: '/uploads',
  collection: '/collection',
  tubes: '/tubes',
  samples: '/samples',
  cases: '/cases',
  people: '/administration/people',
  keys: '/administration/keys',
  points: '/administration/points',
  audit: '/administration/audit',
  oversight: '/administration/oversight',
  health: '/administration/health',
  steering: '/administration/search',
  webhooks: '/administration/webhooks',
} as const satisfies Record<Room, string>;

/** Where somebody begins. */
export function firstPath(role: Role): (typeof PATHS)[Room] {
  return PATHS[ROOMS[role][0]];
}
