import { writeFile } from 'node:fs/promises';
import { Command, InvalidArgumentError } from 'commander';
import { stringify } from 'csv-stringify/sync';
import { HomewardError } from '../../platform/errors.ts';
import { EXIT } from '../exit.ts';
import { readPeople, readPolicy, readTable } from '../input.ts';
import { findCandidates, type FoundCandidate } from './find-candidates.ts';

type Options = {
  families: string;
  unknowns: string;
  frequencies: string;
  policy?: string;
  threshold?: number;
  top?: number;
  out?: string;
};

/** `homeward search` */
export function searchCommand(): Command {
  return new Command('search')
    .description('Blind search, file to file: every person of unknown origin against every family.')
    .requiredOption(
      '--families <file>',
      'wide CSV of parents; `family` and `relation` columns join couples',
    )
    .requiredOption('--unknowns <file>', 'wide CSV of people of unknown origin')
    .requiredOption('--frequencies <file>', 'allele frequencies: locus,allele,frequency[,count,N]')
    .option(
      '--policy <file>',
      'JSON policy: {"params": …, "threshold": 10000} (default: no mutation)',
    )
    .option(
      '--threshold <lr>',
      'smallest LR to report; stands before that of the policy',
      number(1),
    )
    .option('--top <n>', 'report at most so many candidates of each person', number(1))
    .option('--out <file>', 'write the candidates here (default: standard output)')
    .addHelpText(
      'after',
      `
Writes CSV, the best candidate of each person first:
  ${COLUMNS.join(',')}
A family without \`family\` is one parent; without \`sex\` and \`relation\` rates are averaged over the sexes.

Example:
  homeward search --families fixtures/demo/families.csv --unknowns fixtures/demo/unknowns.csv \\
    --frequencies fixtures/frequencies/nist1036_all.csv --policy fixtures/demo/policy.json`,
    )
    .action(async (options: Options) => {
      process.exitCode = await search(options);
    });
}

const COLUMNS = [
  'query',
  'candidate',
  'relationship',
  'log10_lr',
  'posterior',
  'loci_compared',
  'loci_inconsistent',
  'expected_chance_candidates',
] as const;

async function search({
  families,
  unknowns,
  frequencies,
  policy,
  ...options
}: Options): Promise<number> {
  const table = await readTable(frequencies);
  const document = await readPolicy(policy);
  const relatives = await readPeople(families);
  const people = await readPeople(unknowns);
  const found = await findCandidates(relatives.people, people.people, table, {
    ...document,
    threshold: options.threshold ?? document.threshold,
  });
  const kept = found.flatMap((candidates) => candidates.slice(0, options.top));
  const csv = stringify([[...COLUMNS], ...kept.map(toRow)]);
  if (options.out === undefined) process.stdout.write(csv);
  else await write(options.out, csv);
  const refused = relatives.refused + people.refused;
  console.error(`${kept.length} candidates; ${refused} rows refused`);
  return refused > 0 ? EXIT.someRefused : EXIT.done;
}

function toRow(candidate: FoundCandidate): string[] {
  return [
    candidate.query,
    candidate.relatives.join('+'),
    candidate.relationship,
    String(candidate.log10Lr),
    String(candidate.posterior),
    String(candidate.lociCompared),
    String(candidate.lociInconsistent),
    String(candidate.expectedChanceCandidates),
  ];
}

async function write(file: string, text: string): Promise<void> {
  try {
    await writeFile(file, text);
  } catch (error) {
    const reason = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    throw new HomewardError('FILE_NOT_WRITABLE', `${file} cannot be written: ${reason}.`);
  }
}

function number(least: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (Number.isFinite(value) && value >= least) return value;
    throw new InvalidArgumentError(`It must be a number of at least ${least}.`);
  };
}
