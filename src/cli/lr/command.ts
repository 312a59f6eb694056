import { Command } from 'commander';
import { RELATIONSHIPS } from '../../kinship/index.ts';
import { HomewardError } from '../../platform/errors.ts';
import { EXIT } from '../exit.ts';
import { computeCases } from './cases.ts';
import { type ParentageOptions, reportParentage } from './parentage.ts';
import { readFiles } from './people.ts';
import { type RelationshipOptions, reportRelationship } from './relationship.ts';

type Options = Partial<ParentageOptions & RelationshipOptions> & {
  readonly cases?: string;
  readonly out?: string;
  readonly profiles?: readonly string[];
};

/** `homeward lr` */
export function lrCommand(): Command {
  return new Command('lr')
    .description(
      'Compute likelihood ratios locus by locus: for two or three people, or a file of cases.',
    )
    .option('--profiles <file...>', 'wide CSV files that hold the people')
    .option('--frequencies <file>', 'allele frequencies: locus,allele,frequency[,count,N]')
    .option('--policy <file>', 'JSON policy: mutation model and conventions (default: no mutation)')
    .option('--child <sample>', 'sample id of a child')
    .option('--father <sample>', 'sample id of the alleged father')
    .option('--mother <sample>', 'sample id of the alleged mother')
    .option('--parent <sample>', 'sample id of an alleged parent of unknown sex')
    .option('--relationship <name>', `another relationship: ${RELATIONSHIPS.join(', ')}`)
    .option('--people <sample...>', 'the two people of --relationship, the elder first')
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
  homeward lr --profiles fixtures/demo/unknowns.csv --frequencies fixtures/frequencies/nist1036_all.csv \\
    --relationship full-siblings --people U0001 U0003
  homeward lr --cases fixtures/cases/selection.jsonl --out results.jsonl

The format of a case is in fixtures/cases/README.md. A result is one JSON line,
{"id", "log10Lr", "kind", "loci": [{"name", "log10Lr", "kind"}]}, or {"id", "error"}.`,
    )
    .action(async (options: Options) => {
      process.exitCode = await run(options);
    });
}

async function run(options: Options): Promise<number> {
  const { cases, out, profiles, frequencies, child, relationship, people: samples = [] } = options;
  if (cases !== undefined) {
    await computeCases(cases, out);
    return EXIT.done;
  }
  if (profiles === undefined || frequencies === undefined) {
    throw new HomewardError('ARGUMENT_INVALID', 'Give --profiles and --frequencies, or --cases.');
  }
  if ((child === undefined) === (relationship === undefined)) {
    throw new HomewardError(
      'ARGUMENT_INVALID',
      'Give either --child with its parents, or --relationship with --people.',
    );
  }
  const { people, refused } = await readFiles(profiles);
  console.log(
    child !== undefined
      ? await reportParentage({ ...options, frequencies, child }, people)
      : await reportRelationship(
          { ...options, frequencies, relationship: relationship ?? '', people: samples },
          people,
        ),
  );
  return refused > 0 ? EXIT.someRefused : EXIT.done;
}
