import type { PersonRow } from '../../formats/row.ts';
import type { FamilyMember } from '../../kinship/index.ts';
import { MixedIndex, type MixedPart } from '../../search/index.ts';
import type { Extent, Suspect } from './candidate.ts';
import type { Database } from './database.ts';
import type { Scoring } from './scoring.ts';
import { parentRoleOf } from './searched-family.ts';

/** Tasks of a scan each way, enough to keep several threads busy to the end. */
const PARTS = 8;

/** By query, places of people found in the file. */
type Places = { readonly parents: number[][]; readonly children: number[][] };

/** People each of whom may be a parent or a child of a query. */
export class MixedDatabase implements Database {
  readonly #people: readonly PersonRow[];
  readonly #ids: ReadonlySet<string>;
  readonly #parts: readonly MixedPart[];

  /** @param ids of the people */
  constructor(people: readonly PersonRow[], ids: ReadonlySet<string>) {
    this.#people = people;
    this.#ids = ids;
    const index = new MixedIndex();
    for (const person of people) index.add(parentRoleOf(person), person.profile);
    this.#parts = index.parts(PARTS);
  }

  async scan(
    scoring: Scoring,
    queries: readonly PersonRow[],
    threshold: number,
  ): Promise<Suspect[][]> {
    const asked = queries.map(toMember);
    const parts = await Promise.all(
      this.#parts.map((part) => scanPart(scoring, part, asked, threshold)),
    );
    return queries.map(({ sampleId }, place) => {
      const query = asked[place]!;
      const find = (kind: keyof Places): PersonRow[] =>
        parts
          .flatMap((found) => found[kind][place]!)
          .sort((a, b) => a - b)
          .map((at) => this.#people[at]!)
          .filter((person) => person.sampleId !== sampleId);
      return [
        ...find('parents').map((person) => suspect(person, 'parent', toMember(person), query)),
        ...find('children').map((person) => suspect(person, 'child', query, toMember(person))),
      ];
    });
  }

  familiesFor({ sampleId }: PersonRow): number {
    return this.#people.length - (this.#ids.has(sampleId) ? 1 : 0);
  }

  countPairs(queries: readonly PersonRow[]): Extent['pairs'] {
    const pairs = queries.reduce((sum, query) => sum + this.familiesFor(query), 0);
    return { parent: pairs, child: pairs, 'same-person': pairs };
  }
}

async function scanPart(
  scoring: Scoring,
  part: MixedPart,
  asked: readonly FamilyMember[],
  threshold: number,
): Promise<Places> {
  const { snapshot } = part;
  const profiles = asked.map(({ profile }) => profile);
  const families = asked.map((parent) => [parent]);
  const [hits, slots] = await Promise.all([
    scoring.scanFamilies(snapshot, [0], profiles, threshold),
    scoring.scanUnknowns(snapshot, families, threshold),
  ]);
  return {
    parents: hits.map((found) => part.parentsAt(found)),
    children: slots.map((found) => part.childrenAt(found)),
  };
}

function suspect(
  { sampleId }: PersonRow,
  role: 'parent' | 'child',
  parent: FamilyMember,
  child: FamilyMember,
): Suspect {
  return { pair: { child: child.profile, family: [parent] }, sampleIds: [sampleId], role };
}

/** Somebody as the only parent of a family. A profile of a file cannot be sent to a thread as it is. */
function toMember(person: PersonRow): FamilyMember {
  return { relation: parentRoleOf(person), profile: new Map(person.profile) };
}
