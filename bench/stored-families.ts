import { once } from 'node:events';
import postgres from 'postgres';
import { openProfile, type SealedGenotypes } from '../src/casework/profiles/sealed-genotypes.ts';
import { packProfile } from '../src/formats/packed-profile.ts';
import {
  type AlleleLabel,
  type FrequencyTable,
  type Genotype,
  type Locus,
  LOCI,
  makeGenotype,
  type Profile,
  type Random,
  seededRandom,
} from '../src/kinship/index.ts';
import type { RecordKeys } from '../src/platform/crypto/record-keys.ts';
import type { ConnectedDatabase } from '../src/platform/database.ts';

/** Families of one or two parents, drawn from a frequency table, always the same ones. */
export class FamilyPopulation {
  readonly #random: Random;
  readonly #loci: readonly { locus: Locus; places: Uint8Array; alleles: readonly AlleleLabel[] }[];

  /** @param loci how many of the table's loci everybody is typed at */
  constructor(table: FrequencyTable, loci: number, seed: number) {
    this.#random = seededRandom(seed);
    this.#loci = [...table.values()]
      .slice(0, loci)
      .sort((a, b) => LOCI.indexOf(a.locus) - LOCI.indexOf(b.locus))
      .map(({ locus, alleles, frequencies }) => ({ locus, alleles, places: spread(frequencies) }));
  }

  person(): Profile {
    return new Map(
      this.#loci.map(({ locus, alleles, places }) => {
        const draw = (): AlleleLabel =>
          alleles[places[Math.floor(this.#random() * places.length)]!]!;
        return [locus, makeGenotype([draw(), draw()])];
      }),
    );
  }

  /** A child of two people; without mutation. */
  child(father: Profile, mother: Profile): Profile {
    const pass = (genotype: Genotype): AlleleLabel => genotype[this.#random() < 0.5 ? 0 : 1]!;
    return new Map(
      [...father].map(([locus, genotype]) => [
        locus,
        makeGenotype([pass(genotype), pass(mother.get(locus)!)]),
      ]),
    );
  }

  /** Packed profiles of people in hexadecimal digits; a few microseconds each. */
  *packed(): Generator<string> {
    const format = hex(packProfile(new Map()));
    const pieces = this.#loci.map(({ locus, alleles }) =>
      alleles.map((a) =>
        alleles.map((b) => hex(packProfile(new Map([[locus, makeGenotype([a, b])]])).subarray(1))),
      ),
    );
    for (;;) {
      let packed = format;
      for (let place = 0; place < pieces.length; place++) {
        const { places } = this.#loci[place]!;
        const a = places[Math.floor(this.#random() * places.length)]!;
        const b = places[Math.floor(this.#random() * places.length)]!;
        packed += pieces[place]![a]![b]!;
      }
      yield packed;
    }
  }
}

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

/** Places of a distribution, by a table of a ten-thousandth of its mass each (close enough here). */
function spread(frequencies: Float64Array): Uint8Array {
  return Uint8Array.from(
    [...frequencies].flatMap((share, place) =>
      Array<number>(Math.round(share * 10_000)).fill(place),
    ),
  );
}

const PEOPLE_A_WRITE = 2_000;

/**
 * Writes parents of missing children straight into the tables, as if they had been taken in and
 * searched long ago: two thirds of all families have both.
 */
export async function storeParents(
  databaseUrl: string,
  population: FamilyPopulation,
  count: number,
): Promise<void> {
  const client = postgres(databaseUrl, { max: 1, onnotice: () => undefined });
  try {
    await client`create temp table drawn (n int, genotypes bytea)`;
    const copy = await client`copy drawn from stdin`.writable();
    const packed = population.packed();
    for (let n = 0; n < count; n += PEOPLE_A_WRITE) {
      let rows = '';
      for (let at = n; at < Math.min(count, n + PEOPLE_A_WRITE); at++) {
        rows += `${at}\t\\\\x${packed.next().value as string}\n`;
      }
      if (!copy.write(rows)) await once(copy, 'drain');
    }
    copy.end();
    await once(copy, 'finish');
    await place(client);
  } finally {
    await client.end();
  }
}

/** The parents of a stored family, by relation. */
export type StoredParents = {
  readonly family: string;
  readonly parents: ReadonlyMap<string, Profile>;
};

/** Some of the families that were stored, at equal distances. */
export async function readParents(
  db: ConnectedDatabase,
  recordKeys: RecordKeys,
  count: number,
): Promise<StoredParents[]> {
  const client = db.$client;
  const [{ families } = { families: 0 }] = await client<{ families: number }[]>`
    select count(*)::int as families from families where code like 'DRAWN-%'`;
  const codes = Array.from(
    { length: count },
    (_, place) => `DRAWN-${Math.floor((place * families) / count)}`,
  );
  const rows = await client<(SealedGenotypes & { code: string; relation: string })[]>`
    select f.code, s.relation, s.id as "sampleId", p.genotypes, p.key_page_id as "keyPageId",
      p.key_slot as "keySlot"
    from families f join samples s on s.family_id = f.id join profiles p on p.sample_id = s.id
    where f.code = any(${codes})`;
  const findKey = await recordKeys.find(db, rows);
  return codes.map((family) => ({
    family,
    parents: new Map(
      rows
        .filter(({ code }) => code === family)
        .map((row) => [row.relation, openProfile(row, findKey)!]),
    ),
  }));
}

/** Of five people in a row the first four are two couples, and the fifth stands alone. */
const PLACE = `
  create temp table placed as
    select n, genotypes, md5('sample' || n)::uuid as sample, md5('family' || number)::uuid as family,
      md5('case' || number)::uuid as "case", number,
      case when n % 5 in (0, 2) or n % 10 = 4 then 'father' else 'mother' end as relation
    from (select *, n / 5 * 3 + n % 5 / 2 as number from drawn) as d;
  -- Checking what refers to what would take most of the time.
  set session_replication_role = replica;
  insert into collection_points (code, name, division) values ('DRAWN', 'drawn', '510100');
  insert into batches (collection_point_id, side, idempotency_key, content_hash, receipt)
    select id, 'relatives', 'drawn', 'drawn', '{}' from collection_points where code = 'DRAWN';
  insert into cases (id, collection_point_id, number, kind, division)
    select "case", b.collection_point_id, 'DRAWN-' || number, 'missing-child', '510100'
    from placed, batches b group by b.collection_point_id, "case", number;
  insert into families (id, collection_point_id, code, case_id)
    select family, b.collection_point_id, 'DRAWN-' || number, "case"
    from placed, batches b group by family, b.collection_point_id, number, "case";
  insert into samples (id, collection_point_id, code, sex, case_id, family_id, relation, batch_id)
    select sample, b.collection_point_id, 'DRAWN-' || n, 'unknown', "case", family, relation, b.id
    from placed, batches b order by n;
  insert into profiles (sample_id, genotypes) select sample, genotypes from placed order by n;
  set session_replication_role = origin`;

async function place(client: postgres.Sql): Promise<void> {
  await client.unsafe(PLACE);
  for (const table of ['cases', 'families', 'samples', 'profiles']) {
    await client`vacuum analyze ${client(table)}`;
  }
}
