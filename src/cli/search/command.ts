import { Command, InvalidArgumentError, Option } from 'commander';
import { EXIT } from '../exit.ts';
import { CandidateCsv, COLUMNS } from './candidate-csv.ts';
import { openFile, openStream } from '../output.ts';
import type { SearchOptions } from './search-files.ts';

type Options = SearchOptions & { readonly out?: string };

/** `homeward search` */
export function searchCommand(): Command {
  return new Command('search')
    .description('Blind search, file to file: every person of unknown origin against every family.')
    .requiredOption(
      '--families <file>',
      'wide CSV of relatives; `family` and `relation` columns make families of them',
    )
    .requiredOption('--unknowns <file>', 'wide CSV of people of unknown origin')
    .addOption(
      new Option(
        '--roles <any>',
        'the families file is a mixed database, each of whom may be parent or child',
      ).choices(['any']),
    )
    .requiredOption(
      '--frequencies <file>',
      'allele frequencies: locus,allele,frequency[,count,N] or alleles × loci; `estimate`: those of the families file',
    )
    .option(
      '--policy <file>',
      'JSON policy: {"params": …, "threshold": 10000} (default: no mutation)',
    )
    .option(
      '--drop-out <rate>',
      'probability that an allele of a heterozygote is not seen, the same for everybody; at least 0, below 1',
      number((rate) => rate >= 0 && rate < 1, 'at least 0 and below 1'),
    )
    .option(
      '--threshold <lr>',
      'smallest LR to report; stands before that of the policy',
      number((lr) => lr > 0, 'above 0'),
    )
    .option(
      '--top <n>',
      'report at most so many candidates of each person',
      number((most) => Number.isInteger(most) && most >= 1, 'whole and at least 1'),
    )
    .option('--out <file>', 'write the candidates here (default: standard output)')
    .addHelpText(
      'after',
      `
Writes CSV, the best candidate of each person first:
  ${COLUMNS.join(',')}
A row without \`family\` is a family of its own; without \`relation\` it is a parent, and without \`sex\`
rates are averaged over the sexes. With --roles any the relationship is what the candidate is to the query.

Example:
  homeward search --families fixtures/demo/families.csv --unknowns fixtures/demo/unknowns.csv \\
    --frequencies fixtures/frequencies/nist1036_all.csv --policy fixtures/demo/policy.json`,
    )
    .action(async (options: Options) => {
      process.exitCode = await search(options);
    });
}

async function search({ out, ...options }: Options): Promise<number> {
  const output = out === undefined ? openStream(process.stdout) : await openFile(out);
  try {
    const { searchFiles } = await import('./search-files.ts');
    const { found, refused, seconds } = await searchFiles(options);
    const csv = new CandidateCsv(output);
    for (const candidates of found) await csv.write(candidates);
    await csv.end();
    const [read, index, compare] = [seconds.read, seconds.index, seconds.search].map((time) => time.toFixed(1)); // prettier-ignore
    console.error(`${csv.count} candidates; ${refused} rows refused`);
    console.error(`read in ${read} s, indexed in ${index} s, compared in ${compare} s`);
    return refused > 0 ? EXIT.someRefused : EXIT.done;
  } catch (error) {
    await output.abandon();
    throw error;
  }
}

function number(isFit: (value: number) => boolean, what: string): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (text.trim() !== '' && Number.isFinite(value) && isFit(value)) return value;
    throw new InvalidArgumentError(`It must be a number, ${what}.`);
  };
}
