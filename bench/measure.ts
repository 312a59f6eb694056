import { readFileSync } from 'node:fs';
import { arch, cpus, platform } from 'node:os';
import { readFrequencyCsv } from '../src/formats/frequency-csv.ts';
import { readProfileCsv } from '../src/formats/profile-csv.ts';
import type { PersonRow } from '../src/formats/row.ts';
import {
  type ClosedFormParameters,
  type FrequencyTable,
  type LikelihoodParameters,
  LocusModels,
} from '../src/kinship/index.ts';

/** The demo's parameters: stepwise mutation, untyped parents through the mutation matrix. */
export const PARAMETERS: LikelihoodParameters = {
  mutation: {
    model: 'stepwise-extended',
    male: { rate: 0.002, rate2: 1e-6, range: 0.1 },
    female: { rate: 0.0005, rate2: 1e-6, range: 0.1 },
  },
  untypedParent: 'mutates',
  minimumFrequency: { rule: 'five-over-2n', appliesTo: 'all' },
  theta: 0,
};

const fixture = (file: string): Buffer =>
  readFileSync(new URL(`../fixtures/${file}`, import.meta.url));

/** The demo's table and parameters, with what a bench changes. */
export function demoModels(changes: Partial<ClosedFormParameters> = {}): LocusModels {
  return new LocusModels(readTable(), { ...PARAMETERS, ...changes });
}

/** The demo's frequency table. */
export function readTable(): FrequencyTable {
  return readFrequencyCsv(fixture('frequencies/nist1036_all.csv').toString());
}

export async function demoPeople(file: 'families' | 'unknowns'): Promise<PersonRow[]> {
  const people: PersonRow[] = [];
  for await (const outcome of readProfileCsv([fixture(`demo/${file}.csv`)])) {
    if ('person' in outcome) people.push(outcome.person);
  }
  return people;
}

/**
 * Runs contestants in turn, round after round, so that noise of the machine falls on all of them,
 * and prints the median rate of each and their ratio to the first. Each returns how many units of
 * work it did, and asserts its own result.
 */
export function race(unit: string, contestants: Record<string, () => number>, rounds = 7): void {
  const rates = Object.fromEntries(Object.keys(contestants).map((name) => [name, [] as number[]]));
  for (let round = 0; round < rounds; round++) {
    for (const [name, run] of Object.entries(contestants)) {
      const begun = performance.now();
      const done = run();
      rates[name]!.push((done / (performance.now() - begun)) * 1000);
    }
  }
  console.log(machine());
  const medians = Object.entries(rates).map(([name, all]) => [name, median(all)] as const);
  const base = medians[0]![1];
  for (const [name, rate] of medians) {
    console.log(
      `${name.padEnd(36)} ${rate.toExponential(2)} ${unit}/s   × ${(rate / base).toPrecision(3)}`,
    );
  }
}

/** What a figure was measured on. */
export function machine(): string {
  const [processor] = cpus();
  return `${cpus().length} × ${processor?.model ?? 'unknown'}, ${platform()} ${arch()}, Node ${process.version}`;
}

function median(values: number[]): number {
  return values.sort((a, b) => a - b)[Math.floor(values.length / 2)]!;
}
