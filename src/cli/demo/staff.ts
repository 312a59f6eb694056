import type { Role } from '../../casework/access/actor.ts';

/** Somebody who works with the demo, and may sign in. */
export type StaffMember = {
  /** What the demo's issuer calls them. */
  readonly subject: string;
  readonly name: string;
  readonly role: Role;
};

/**
 * Made up. Two analysts decide on a candidate, and a third where they disagree. Their names stand in clear
 * in the table of users: none of the demo's donors bears one of these surnames, so that a search of the
 * tables for the donors' names finds donors alone.
 */
export const STAFF: readonly StaffMember[] = [
  { subject: 'lin-hui', name: '林慧', role: 'analyst' },
  { subject: 'he-ping', name: '何平', role: 'analyst' },
  { subject: 'guo-ning', name: '郭宁', role: 'analyst' },
  { subject: 'ma-li', name: '马莉', role: 'collection-point' },
  { subject: 'luo-lan', name: '罗岚', role: 'police' },
  { subject: 'liang-chen', name: '梁晨', role: 'admin' },
];
