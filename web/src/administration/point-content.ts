/** What administrators may change of a collection point, whole. */
export type PointContent = {
  readonly name: string;
  readonly division: string;
  readonly address: string | null;
  readonly phone: string | null;
  readonly position: { readonly latitude: number; readonly longitude: number } | null;
  readonly monthlyQuota: number | null;
};

export const POINT_FIELDS = [
  'name',
  'division',
  'address',
  'phone',
  'position',
  'monthlyQuota',
] as const satisfies readonly (keyof PointContent)[];

/** Fields in which two contents differ. */
export function changedFields(
  before: PointContent,
  after: PointContent,
): (typeof POINT_FIELDS)[number][] {
  return POINT_FIELDS.filter((field) => !isSame(before[field], after[field]));
}

/**
 * What one has written, on top of what somebody else has changed meanwhile: a field that one has not touched is
 * theirs, all others are one's own.
 * @param base what one began with
 */
export function mergeContent(
  base: PointContent,
  mine: PointContent,
  theirs: PointContent,
): PointContent {
  const touched = changedFields(base, mine);
  const pick = <Field extends keyof PointContent>(field: Field): PointContent[Field] =>
    touched.some((one) => one === field) ? mine[field] : theirs[field];
  return {
    name: pick('name'),
    division: pick('division'),
    address: pick('address'),
    phone: pick('phone'),
    position: pick('position'),
    monthlyQuota: pick('monthlyQuota'),
  };
}

function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(toPlain(one)) === JSON.stringify(toPlain(other));
}

/** A position in one order of its parts. */
function toPlain(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  return Object.entries(value).sort(([a], [b]) => a.localeCompare(b));
}
