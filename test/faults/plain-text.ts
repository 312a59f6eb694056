import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import postgres from 'postgres';
import { makeUpPeople } from '../../src/cli/demo/made-up-people.ts';
import { packProfile } from '../../src/formats/packed-profile.ts';
import { readProfileCsv } from '../../src/formats/profile-csv.ts';
import type { PersonRow } from '../../src/formats/row.ts';
import { startEmbeddedPostgres } from '../../src/platform/embedded-postgres.ts';
import { readText } from '../package.ts';
import { readTables } from '../servers.ts';

/** What must stand nowhere in clear: who somebody is, and what was typed of them. */
export type Secret = { readonly of: string; readonly text: string };

/** Public frequencies: every allele there is. */
const PUBLIC_TABLES = ['public.frequency_tables'];
/** Bytes that a locus takes in a packed profile, in hexadecimal digits. */
const LOCUS_DIGITS = 12;
/** Loci in a row that are nobody's by chance. */
const LOCI_IN_A_ROW = 3;

/** Names, telephone numbers and addresses of the demo's people, as text and in hexadecimal digits. */
export function findIdentitySecrets(): Secret[] {
  const texts = makeUpPeople().flatMap(({ identity }) => {
    const { sampleId, name, phone, address } = identity as Record<string, string>;
    return [name!, phone!, address!].map((text) => ({ of: sampleId!, text }));
  });
  const unique = [...new Map(texts.map((secret) => [secret.text, secret])).values()];
  return unique.flatMap(({ of, text }) => [
    { of, text },
    { of, text: Buffer.from(text).toString('hex') },
  ]);
}

/**
 * Genotypes of the demo's people: some loci in a row in hexadecimal digits, as they are packed; each locus as
 * JSON has it, and some in a row as CSV has them, both without quotes, blanks and brackets.
 */
export async function findGenotypeSecrets(): Promise<Secret[]> {
  const secrets: Secret[] = [];
  for (const file of ['families', 'unknowns']) {
    for await (const row of readProfileCsv([Buffer.from(readText(`fixtures/demo/${file}.csv`))])) {
      if ('person' in row) secrets.push(...secretsOf(row.person));
    }
  }
  return secrets;
}

function secretsOf({ sampleId: of, profile }: PersonRow): Secret[] {
  const packed = Buffer.from(packProfile(profile)).toString('hex').slice(2);
  const genotypes = [...profile];
  return [
    ...windows(packed.match(new RegExp(`.{${LOCUS_DIGITS}}`, 'g')) ?? []),
    ...windows(genotypes.map(([, alleles]) => `${alleles.join(',')},`)),
    ...genotypes.map(([locus, alleles]) => `${locus}:${alleles.join(',')}`),
  ].map((text) => ({ of, text }));
}

function windows(pieces: readonly string[]): string[] {
  return pieces
    .slice(0, 1 - LOCI_IN_A_ROW)
    .map((_, at) => pieces.slice(at, at + LOCI_IN_A_ROW).join(''));
}

/** Every table of a data folder as text, that of the queue among them. */
export async function dumpTables(dataDir: string): Promise<Map<string, string>> {
  const server = await startEmbeddedPostgres({
    dataDir: join(dataDir, 'database'),
    durable: false,
  });
  const client = postgres(server.url, { max: 1, onnotice: () => undefined });
  try {
    const tables = await readTables(client);
    for (const name of PUBLIC_TABLES) tables.delete(name);
    return new Map([...tables].map(([name, rows]) => [name, rows.join('\n')]));
  } finally {
    await client.end();
    await server.stop();
  }
}

/** The logs that lie in a data folder. */
export async function readLogs(dataDir: string): Promise<string> {
  const files = await readdir(dataDir, { recursive: true });
  const logs = files.filter((file) => file.endsWith('.log'));
  return (await Promise.all(logs.map((file) => readFile(join(dataDir, file), 'utf8')))).join('\n');
}

/** Whose secrets stand in a text. */
export function findIn(
  text: string,
  identities: readonly Secret[],
  genotypes: readonly Secret[],
): string[] {
  const found = identities.filter((secret) => text.includes(secret.text)).map(({ of }) => of);
  return [...found, ...findMany(text.replaceAll(/["\\\s[\]{}()]/g, ''), genotypes)];
}

/** So many are looked up by how they begin, at every place of the text. */
function findMany(text: string, secrets: readonly Secret[]): string[] {
  const byBeginning = new Map<string, Secret[]>();
  const length = Math.min(...secrets.map((secret) => secret.text.length));
  for (const secret of secrets) {
    const beginning = secret.text.slice(0, length);
    const others = byBeginning.get(beginning);
    if (others) others.push(secret);
    else byBeginning.set(beginning, [secret]);
  }
  const found: string[] = [];
  for (let at = 0; at + length <= text.length; at++) {
    for (const secret of byBeginning.get(text.slice(at, at + length)) ?? []) {
      if (text.startsWith(secret.text, at)) found.push(secret.of);
    }
  }
  return found;
}
