import type { Typings } from './read-typings.ts';
import type { Reunion, TypedAgain } from './reunion-detail.ts';

type Sampled = Pick<Reunion['people'][number], 'id'>;
type Typed = Typings['people'][number];

/** The sample of a file that is somebody's, by the id of the person. */
export type Assignment = Readonly<Record<string, string>>;

/** Whoever is called in the file as in the reunion is given that sample; the others are chosen by hand. */
export function assignByName(people: readonly Sampled[], typed: readonly Typed[]): Assignment {
  const names = new Set(typed.map(({ sampleId }) => sampleId));
  return Object.fromEntries(people.flatMap(({ id }) => (names.has(id) ? [[id, id]] : [])));
}

/** Who has no sample yet, or one that is somebody else's as well. */
export function missingFrom(people: readonly Sampled[], assignment: Assignment): string[] {
  const given = Object.values(assignment);
  const isShared = (sample: string): boolean => given.filter((one) => one === sample).length > 1;
  return people.flatMap(({ id }) => {
    const sample = assignment[id];
    return sample === undefined || isShared(sample) ? [id] : [];
  });
}

/** What the service weighs: the genotypes of each one's sample under their id in the reunion. */
export function toEvidence(
  people: readonly Sampled[],
  assignment: Assignment,
  typed: readonly Typed[],
): TypedAgain[] {
  const genotypes = new Map(typed.map((one) => [one.sampleId, one.genotypes]));
  return people.map(({ id }) => ({ id, genotypes: genotypes.get(assignment[id] ?? '') ?? {} }));
}
