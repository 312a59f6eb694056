import { createHash } from 'node:crypto';
import { parse } from 'csv-parse/sync';
import { readFixture } from './demo-set.ts';

/** What the demo's files say of somebody, beside the loci. */
export type SampleRow = {
  readonly sample_id: string;
  readonly sex: 'female' | 'male';
  readonly family?: string;
};

type NameList = {
  readonly families: readonly string[];
  readonly female: readonly string[];
  readonly male: readonly string[];
};

/** What somebody of the demo signed, and who they are, as a collection point sends it. */
export type MadeUpPerson = { readonly consent: object; readonly identity: object };

/** Of a hundred people, how many have a Chinese name. */
const CHINESE_OF_100 = 80;

/** The people of the demo's files, by their sample ids: synthetic, and the same in every run. */
export function makeUpPeople(): MadeUpPerson[] {
  const names = JSON.parse(readFixture('identities/names.json')) as Record<
    'chinese' | 'latin',
    NameList
  >;
  return ['demo/families.csv', 'demo/unknowns.csv'].flatMap((file) => {
    const rows: SampleRow[] = parse(readFixture(file), { columns: true });
    return rows.map((row) => ({ consent: signFor(row), identity: makeUpIdentity(row, names) }));
  });
}

/** Parents of missing children are grown up; of the people of unknown origin some are children. */
export function ageOf({ sample_id: sampleId, family }: SampleRow): number {
  const draw = drawer(`consent ${sampleId}`);
  return family === undefined ? 6 + draw(35) : 28 + draw(40);
}

/** What somebody signed before their blood was taken. */
export function signFor(row: SampleRow): object {
  const ageYears = ageOf(row);
  return {
    sampleId: row.sample_id,
    version: 'demo-1',
    purpose: 'family-search',
    signer: ageYears < 14 ? 'guardian' : 'self',
    signedOn: '2026-03-01',
    ageYears,
  };
}

function makeUpIdentity(
  { sample_id: sampleId, sex }: SampleRow,
  names: Record<'chinese' | 'latin', NameList>,
): object {
  const draw = drawer(`identity ${sampleId}`);
  const isChinese = draw(100) < CHINESE_OF_100;
  const list = names[isChinese ? 'chinese' : 'latin'];
  const of = (words: readonly string[]): string => words[draw(words.length)] ?? '';
  const [family, given] = [of(list.families), of(list[sex])];
  return {
    sampleId,
    name: isChinese ? family + given : `${given} ${family}`,
    phone: `+1 202 555 01${String(draw(100)).padStart(2, '0')}`,
    address: `成都市虚构路 ${1 + draw(999)} 号`,
  };
}

/** Numbers below a bound, up to 16 of them one after the other, that follow from a text. */
export function drawer(text: string): (bound: number) => number {
  const digest = createHash('sha256').update(text).digest();
  let at = 0;
  return (bound) => digest.readUInt16BE(2 * at++) % bound;
}
