/** A JSON value that holds no others. */
export type Leaf = string | number | boolean | null;

/** A value that is not what it was; undefined where there is none. */
export type Difference = {
  /** Such as `loci[0].log10Lr`. */
  readonly place: string;
  readonly stated: Leaf | undefined;
  readonly now: Leaf | undefined;
};

/**
 * Compares two JSON values to the last digit.
 * @param name of the whole, with which every place begins
 * @returns with every value of the second that holds no others
 */
export function findDifferences(
  stated: unknown,
  now: unknown,
  name: string,
): { differences: Difference[]; leaves: Leaf[] } {
  const [before, after] = [leavesOf(stated, name), leavesOf(now, name)];
  const places = [...new Set([...before.keys(), ...after.keys()])];
  return {
    differences: places
      .filter((place) => before.get(place) !== after.get(place))
      .map((place) => ({ place, stated: before.get(place), now: after.get(place) })),
    leaves: [...after.values()],
  };
}

/** Every value that holds no others, by its place; keys without a value are no part of JSON. */
function leavesOf(value: unknown, name: string): Map<string, Leaf> {
  const leaves = new Map<string, Leaf>();
  const visit = (part: unknown, place: string): void => {
    if (part === undefined) return;
    if (part === null || typeof part !== 'object') leaves.set(place, part as Leaf);
    else if (Array.isArray(part)) part.forEach((one, at) => visit(one, `${place}[${at}]`));
    else Object.entries(part).forEach(([key, one]) => visit(one, join(place, key)));
  };
  visit(value, name);
  return leaves;
}

function join(place: string, key: string): string {
  return place === '' ? key : `${place}.${key}`;
}
