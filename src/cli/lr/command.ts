import { Command, InvalidArgumentError } from 'commander';
import { computeDocument } from '../../casework/likelihood-ratios/calculation-document.ts';
import { FAMILY_RELATIONS, RELATIONSHIPS } from '../../kinship/index.ts';
import { EXIT } from '../exit.ts';
import { computeCases } from './cases.ts';
import { findForm, type LrOptions } from './options.ts';
import { saveFiles, writeOutputs } from './output.ts';
import { describeFamiliasReading, formatReport } from './report.ts';
import { readRequest } from './request.ts';

/** `homeward lr` */
export function lrCommand(): Command {
  return new Command('lr')
    .description(
      'Compute likelihood ratios locus by locus: for people and hypotheses, or a file of cases.',
    )
    .option('--profiles <file...>', 'wide CSV files that hold the people')
    .option(
      '--frequencies <file...>',
      'allele frequencies: locus,allele,frequency[,count,N]; several populations stand side by side',
    )
    .option('--policy <file>', 'JSON policy: mutation model and conventions (default: no mutation)')
    .option('--child <sample>', 'the person who may be the child of a family')
    .option('--father <sample>', 'sample id of the alleged father')
    .option('--mother <sample>', 'sample id of the alleged mother')
    .option('--parent <sample>', 'sample id of an alleged parent of unknown sex')
    .option(
      '--relative <relation=sample...>',
      `further relatives of the missing child: ${FAMILY_RELATIONS.join(', ')}`,
    )
    .option(
      '--relationship <name...>',
      `how two people may be related: ${RELATIONSHIPS.join(', ')}`,
    )
    .option('--people <sample...>', 'the two people of --relationship, the elder first')
    .option('--calculation <file>', 'a calculation as JSON: people, question, priors, parameters')
    .option('--fam <file>', 'a Familias project: each pedigree against the last')
    .option(
      '--priors <number...>',
      'prior of each hypothesis, the last for the one that all are weighed against',
      collect(0, Infinity),
    )
    .option('--theta <number>', 'coancestry; stands before that of the policy', readNumber(0, 1))
    .option('--drop-out <sample=d...>', 'probability that an allele of a heterozygote is not seen')
    .option('--kit <sample=kit...>', 'the kit that a sample was typed with')
    .option('--json <file>', 'write the result with all that it depends on; `replay` reads it')
    .option('--export-case <file>', 'write the question as cases that --cases reads')
    .option('--export-fam <file>', 'write the question as a Familias project')
    .option(
      '--cases <file>',
      'cases as JSON lines, each with its pedigrees, genotypes and frequencies',
    )
    .option('--out <file>', 'write the results of --cases here (default: standard output)')
    .addHelpText(
      'after',
      `
Examples:
  homeward lr --profiles fixtures/example/trio.csv --frequencies fixtures/example/frequencies.csv \\
    --child child --father father
  homeward lr --profiles fixtures/example/trio.csv --frequencies fixtures/example/frequencies.csv \\
    --relationship parent-child full-siblings --people father child
  homeward lr --calculation fixtures/example/calculation.json \\
    --frequencies fixtures/example/frequencies.csv --json result.json
  homeward lr --cases fixtures/cases/selection.jsonl --out results.jsonl

All of it: docs/likelihood-ratios.md. The format of a case is in fixtures/cases/README.md. A result is
one JSON line, {"id", "log10Lr", "kind", "loci": [{"name", "log10Lr", "kind"}]}, or {"id", "error"}.`,
    )
    .action(async (options: LrOptions) => {
      process.exitCode = await run(options);
    });
}

async function run(options: LrOptions): Promise<number> {
  if (options.cases !== undefined) {
    await computeCases(options.cases, options.out);
    return EXIT.done;
  }
  const { calculation, tables, notes, refused } = await readRequest(findForm(options), options);
  const document = computeDocument(calculation, tables);
  await saveFiles(writeOutputs(options, tables, document));
  const ofExport = options.exportFam === undefined ? [] : describeFamiliasReading(document);
  console.log(formatReport(document, [...notes, ...ofExport]));
  return refused > 0 ? EXIT.someRefused : EXIT.done;
}

function readNumber(least: number, below: number): (text: string) => number {
  return (text) => {
    const value = text.trim() === '' ? NaN : Number(text);
    if (Number.isFinite(value) && value >= least && value < below) return value;
    const most = below === Infinity ? '' : ` and below ${below}`;
    throw new InvalidArgumentError(`It must be a number of at least ${least}${most}.`);
  };
}

function collect(
  least: number,
  below: number,
): (text: string, before: readonly number[] | undefined) => number[] {
  const read = readNumber(least, below);
  return (text, before = []) => [...before, read(text)];
}
