import type { Role } from '../access/actor.ts';
import type { ReunionState } from '../../platform/reunion-tables.ts';

export type { ReunionState };

/** What somebody may do after the start; each brings the reunion into the state of its name. */
export const LABORATORY_STEPS = ['confirmed', 'refuted', 'notified', 'undone'] as const;
export const POLICE_STEPS = ['consented', 'declined', 'family-told', 'reunited'] as const;
export type Step = 're-sampled' | (typeof LABORATORY_STEPS)[number] | (typeof POLICE_STEPS)[number];

type Rule = { readonly from: readonly ReunionState[]; readonly by: Role };

/**
 * From where each step may be taken. The person of unknown origin is asked before the family is told: who they
 * are is theirs to say.
 */
const RULES: Readonly<Record<Step, Rule>> = {
  're-sampled': { from: ['re-sampling', 're-sampled'], by: 'analyst' },
  refuted: { from: ['re-sampling', 're-sampled'], by: 'analyst' },
  confirmed: { from: ['re-sampled'], by: 'analyst' },
  notified: { from: ['confirmed'], by: 'analyst' },
  undone: {
    from: ['confirmed', 'notified', 'consented', 'family-told', 'reunited'],
    by: 'analyst',
  },
  consented: { from: ['notified'], by: 'police' },
  declined: { from: ['notified'], by: 'police' },
  'family-told': { from: ['consented'], by: 'police' },
  reunited: { from: ['family-told'], by: 'police' },
};

export function mayTake(step: Step, state: ReunionState, role: Role): boolean {
  const { from, by } = RULES[step];
  return by === role && from.includes(state);
}

/** The steps that a role may take from a state. */
export function stepsFrom(state: ReunionState, role: Role): Step[] {
  return (Object.keys(RULES) as Step[]).filter((step) => mayTake(step, state, role));
}

/** Whether nothing follows. A person who declined may come back: then another reunion is begun. */
export function hasEnded(state: ReunionState): boolean {
  return state === 'refuted' || state === 'declined' || state === 'undone';
}
