import { Command } from 'commander';
import {
  type AllegedParent,
  compareParentage,
  type Genotype,
  type LikelihoodRatio,
  LocusModels,
  type NamedParent,
  parentageHypotheses,
  type ParentageComparison,
  type Profile,
} from '../kinship/index.ts';
import { HomewardError } from '../platform/errors.ts';
import { ENGINE_VERSION } from '../platform/provenance.ts';
import { EXIT } from './exit.ts';
import { readPeople, readPolicy, readTable } from './input.ts';
import { formatTable } from './table.ts';

type Options = {
  profiles: string[];
  frequencies: string;
  policy?: string;
  child: string;
  father?: string;
  mother?: string;
  parent?: string;
};

/** `homeward lr` */
export function lrCommand(): Command {
  return new Command('lr')
    .description(
      'Compute one likelihood ratio, locus by locus: is this the child of these parents?',
    )
    .requiredOption('--profiles <file...>', 'wide CSV files that hold the people')
    .requiredOption('--frequencies <file>', 'allele frequencies: locus,allele,frequency[,count,N]')
    .requiredOption('--child <sample>', 'sample id of the child')
    .option('--father <sample>', 'sample id of the alleged father')
    .option('--mother <sample>', 'sample id of the alleged mother')
    .option('--parent <sample>', 'sample id of an alleged parent of unknown sex')
    .option('--policy <file>', 'JSON policy: mutation model and conventions (default: no mutation)')
    .addHelpText(
      'after',
      `
Example:
  homeward lr --profiles fixtures/example/trio.csv --frequencies fixtures/example/frequencies.csv \\
    --child child --father father`,
    )
    .action(async (options: Options) => {
      const { people, refused } = await readAll(options.profiles);
      console.log(await computeReport(options, people));
      process.exitCode = refused > 0 ? EXIT.someRefused : EXIT.done;
    });
}

async function computeReport(
  options: Options,
  people: ReadonlyMap<string, Profile>,
): Promise<string> {
  const { child, father, mother, parent } = options;
  const table = await readTable(options.frequencies);
  const { params } = await readPolicy(options.policy);
  const parents = Object.entries({ father, mother, parent }).flatMap(([role, sample]) =>
    sample === undefined
      ? []
      : [{ role: role as AllegedParent['role'], sample, profile: find(people, sample) }],
  );
  const [first, second] = parents;
  if (!first || parents.length > 2 || (parent !== undefined && second)) {
    throw new HomewardError(
      'ARGUMENT_INVALID',
      'Name --father, --mother or both; or --parent alone for a parent of unknown sex.',
    );
  }
  const samples = [child, ...parents.map(({ sample }) => sample)];
  if (new Set(samples).size < samples.length) {
    throw new HomewardError('ARGUMENT_INVALID', 'Child and parents must be different samples.');
  }
  const comparison = compareParentage(
    new LocusModels(table, params),
    find(people, child),
    second ? [first, second] : [first],
  );
  const named = parents.map(({ role, sample }) => ({ role, id: sample }));
  const { h1, h2 } = parentageHypotheses(child, named as [NamedParent]);
  return [
    `H1: ${h1.text}`,
    `H2: ${h2.text}`,
    `${ENGINE_VERSION}; parameters ${JSON.stringify(params)}`,
    '',
    locusTable(comparison, samples, people),
    '',
    ...comparison.omitted.map(({ locus, reason }) => `left out: ${locus}, ${REASONS[reason]}`),
    summary(comparison),
  ].join('\n');
}

async function readAll(
  files: readonly string[],
): Promise<{ people: Map<string, Profile>; refused: number }> {
  const all = new Map<string, Profile>();
  let refused = 0;
  for (const file of files) {
    const read = await readPeople(file);
    refused += read.refused;
    for (const { sampleId, profile } of read.people) {
      if (all.has(sampleId)) {
        throw new HomewardError(
          'ARGUMENT_INVALID',
          `Sample ${sampleId} stands twice in the files.`,
        );
      }
      all.set(sampleId, profile);
    }
  }
  return { people: all, refused };
}

function find(people: ReadonlyMap<string, Profile>, sample: string): Profile {
  const profile = people.get(sample);
  if (profile) return profile;
  throw new HomewardError('ARGUMENT_INVALID', `No readable row has the sample id ${sample}.`);
}

function locusTable(
  { compared }: ParentageComparison,
  samples: readonly string[],
  people: ReadonlyMap<string, Profile>,
): string {
  const cell = (genotype: Genotype | undefined): string => genotype?.join(',') ?? '';
  const rows = compared.map(({ locus, lr, mendelian }) => [
    locus,
    ...samples.map((sample) => cell(people.get(sample)?.get(locus))),
    formatRatio(lr),
    lr.kind === 'finite' ? lr.log10Lr.toFixed(6) : lr.kind,
    mendelian ? 'consistent' : 'INCONSISTENT',
  ]);
  return formatTable(['locus', ...samples, 'LR', 'log10 LR', 'Mendelian'], rows);
}

function formatRatio(lr: LikelihoodRatio): string {
  return lr.kind === 'finite' ? (10 ** lr.log10Lr).toPrecision(8) : lr.kind;
}

function summary({ lr, compared, lociInconsistent }: ParentageComparison): string {
  const loci = `${compared.length} loci compared, ${lociInconsistent} inconsistent`;
  if (lr.kind !== 'finite') return `LR ${lr.kind} (${loci})`;
  return `LR ${(10 ** lr.log10Lr).toPrecision(10)}, log10 LR ${lr.log10Lr} (${loci})`;
}

const REASONS: Readonly<Record<ParentageComparison['omitted'][number]['reason'], string>> = {
  'child-not-typed': 'the child is not typed',
  'no-parent-typed': 'no parent is typed',
  'not-in-table': 'the frequency table lacks it',
  'more-than-two-alleles': 'somebody shows more than two alleles',
  'off-ladder-allele': 'somebody shows an allele off the ladder',
};
