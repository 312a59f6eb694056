import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { findPackageRoot } from '../../platform/data-dir.ts';

/** A reunion that the generator planted, from the truth file. The service never sees it. */
export type PlantedReunion = {
  readonly unknown: string;
  readonly kind: 'couple' | 'single' | 'stepfather' | 'none';
  readonly family: string;
  /** Sample ids of the true parents that are typed, joined by `+`. */
  readonly relatives: string;
};

const FOLDER = join(findPackageRoot(), 'fixtures');

export const FREQUENCIES = { name: 'NIST 1036, all groups', file: 'frequencies/nist1036_all.csv' };

/** Of a population of its own: LRs stand beside those of the policy's table. */
export const FURTHER_FREQUENCIES = {
  name: 'NIST 1036, of Asian ancestry',
  file: 'frequencies/nist1036_asian.csv',
};

export function readFixture(file: string): string {
  return readFileSync(join(FOLDER, file), 'utf8');
}

export function readPlanted(): PlantedReunion[] {
  return parse(readFixture('demo/truth.csv'), { columns: true });
}

/** A file in batches of so many rows, each with the header: as a collection point sends its day. */
export function splitIntoBatches(csv: string, rows: number): string[] {
  const [header = '', ...lines] = csv.trimEnd().split('\n');
  const batches: string[] = [];
  for (let at = 0; at < lines.length; at += rows) {
    batches.push(`${[header, ...lines.slice(at, at + rows)].join('\n')}\n`);
  }
  return batches;
}
