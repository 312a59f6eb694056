import { ROLES } from './roles.ts';

const TEXTS = ['actor', 'action', 'object', 'status', 'from', 'to'] as const;

/** What entries are looked for, as the address of the page says it; moments as people here write them. */
export type AuditView = Readonly<Partial<Record<(typeof TEXTS)[number], string>>> & {
  readonly role?: (typeof ROLES)[number];
};

/** Searches that are often wanted. */
export const PRESETS = {
  everything: {},
  signIns: { action: 'sign-in', status: '4xx' },
  credentials: { status: '401' },
  refused: { status: '403' },
  faults: { status: '5xx' },
} as const satisfies Readonly<Record<string, AuditView>>;

/** A view of whatever stands in an address, which anybody may have written. */
export function readAuditView(search: Readonly<Record<string, unknown>>): AuditView {
  const role = ROLES.find((one) => one === search.role);
  const texts = TEXTS.flatMap((name) => {
    const value = search[name];
    // The address of a status alone reads as a number.
    const text = typeof value === 'number' ? String(value) : value;
    return typeof text === 'string' && text !== '' ? [[name, text] as const] : [];
  });
  return { ...(role && { role }), ...Object.fromEntries(texts) };
}

/** What the service is asked for a view: moments in UTC; one that cannot be read is left out. */
export function toAuditQuery({ from, to, ...view }: AuditView): AuditView {
  const [since, until] = [toUtc(from), toUtc(to)];
  return {
    ...view,
    ...(since !== undefined && { from: since }),
    ...(until !== undefined && { to: until }),
  };
}

function toUtc(written: string | undefined): string | undefined {
  const moment = written === undefined ? NaN : new Date(written).getTime();
  return Number.isNaN(moment) ? undefined : new Date(moment).toISOString();
}
