import { asProblem } from '../api/client.ts';
import { type LocusMark, markLocus } from '../candidates/locus-mark.ts';
import { type CalculationResult, childPlace, type Draft, peopleOf } from './calculation-draft.ts';
import { splitAlleles } from './read-profiles.ts';

type Population = CalculationResult['populations'][number];
type Ratio = Population['lrs'][number];

/** What a locus came to: H1 against H2. */
type FoundLocus = Ratio & { readonly mark: LocusMark | null };

/** Why a locus counts nothing, or somebody at it; `who` is empty for everybody. */
type LocusNote = { readonly who: string; readonly reason: string };

/** What the service said, by the cell that it is about. */
export type ReadAnswer = {
  readonly byLocus: ReadonlyMap<string, FoundLocus>;
  readonly total: Ratio | undefined;
  readonly notesOf: (locus: string) => readonly LocusNote[];
  readonly faultOf: (person: string, locus: string) => string | undefined;
  /** Whether every fault of the last answer stands at a cell. */
  readonly areFaultsShown: boolean;
};

type Answer = { readonly result: CalculationResult | undefined; readonly error: unknown };

export function readAnswer(draft: Draft, { result, error }: Answer): ReadAnswer {
  const population = error ? undefined : result?.populations[0];
  const faults = new Map(asProblem(error)?.faults.map(({ field, message }) => [field, message]));
  const cells = peopleOf(draft).flatMap(({ id }) => draft.loci.map((locus) => cellOf(id, locus)));
  return {
    byLocus: new Map(population?.loci.map((found) => [found.locus, readLocus(draft, found)])),
    total: population?.lrs[0],
    notesOf: (locus) => notesOf(population, locus),
    faultOf: (person, locus) => faults.get(cellOf(person, locus)),
    areFaultsShown: faults.size > 0 && [...faults.keys()].every((field) => cells.includes(field)),
  };
}

/** The field by which the service names the cell. */
function cellOf(person: string, locus: string): string {
  return `${person.trim()}.${locus}`;
}

function readLocus(
  draft: Draft,
  { locus, lrs, consistent }: Population['loci'][number],
): FoundLocus {
  const [ratio = { kind: 'undefined' as const, log10Lr: null }] = lrs;
  return { ...ratio, mark: markOf(draft, locus, ratio.kind, consistent[0] ?? true) };
}

/** Only where alleles must have been passed on: other relationships fit whatever is typed. */
function markOf(draft: Draft, locus: string, kind: string, mendelian: boolean): LocusMark | null {
  const place = childPlace(draft);
  if (place === null) return null;
  const people = peopleOf(draft);
  const allelesOf = (at: number): string[] => splitAlleles(people[at]?.genotypes[locus] ?? '');
  const others = people.flatMap((_, at) => (at === place ? [] : [at]));
  const areParents = draft.asked !== 'family' || others.every((at) => isParent(people[at]?.relation)); // prettier-ignore
  const relatives = others.map(allelesOf).filter((alleles) => alleles.length > 0);
  return markLocus({ kind, mendelian, child: allelesOf(place), relatives, areParents });
}

function isParent(relation: string | undefined): boolean {
  return relation === 'father' || relation === 'mother';
}

function notesOf(population: Population | undefined, locus: string): LocusNote[] {
  const omitted = population?.omitted.find((one) => one.locus === locus);
  if (omitted) return [{ who: '', reason: omitted.reason }];
  const leftOut = population?.loci.find((one) => one.locus === locus)?.leftOut ?? [];
  return leftOut.map(({ id, reason }) => ({ who: id, reason }));
}
