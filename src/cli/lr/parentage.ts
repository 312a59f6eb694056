import {
  type AllegedParent,
  compareParentage,
  LocusModels,
  type NamedParent,
  parentageHypotheses,
  type ParentageComparison,
} from '../../kinship/index.ts';
import { HomewardError } from '../../platform/errors.ts';
import { readPolicy, readTable } from '../input.ts';
import { formatTable } from '../table.ts';
import { findPerson, type People } from './people.ts';
import { genotypeCells, headOf, ratioCells, REASONS, totalOf } from './report.ts';

/** Who is asked about, and with what. */
export type ParentageOptions = {
  readonly frequencies: string;
  readonly policy?: string;
  readonly child: string;
  readonly father?: string;
  readonly mother?: string;
  readonly parent?: string;
};

/** «Are these the child's parents?», locus by locus, as text. */
export async function reportParentage(options: ParentageOptions, people: People): Promise<string> {
  const { child, father, mother, parent } = options;
  const table = await readTable(options.frequencies);
  const { params } = await readPolicy(options.policy);
  const parents = Object.entries({ father, mother, parent }).flatMap(([role, sample]) =>
    sample === undefined
      ? []
      : [
          {
            role: role as AllegedParent['role'],
            sample,
            profile: findPerson(people, sample).profile,
          },
        ],
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
    findPerson(people, child).profile,
    second ? [first, second] : [first],
  );
  const named = parents.map(({ role, sample }) => ({ role, id: sample }));
  return [
    ...headOf(parentageHypotheses(child, named as [NamedParent]), params),
    locusTable(comparison, samples, people),
    '',
    ...comparison.omitted.map(({ locus, reason }) => `left out: ${locus}, ${REASONS[reason]}`),
    totalOf(
      comparison.lr,
      `${comparison.compared.length} loci compared, ${comparison.lociInconsistent} inconsistent`,
    ),
  ].join('\n');
}

function locusTable(
  { compared }: ParentageComparison,
  samples: readonly string[],
  people: People,
): string {
  const rows = compared.map(({ locus, lr, mendelian }) => [
    locus,
    ...genotypeCells(people, samples, locus),
    ...ratioCells(lr),
    mendelian ? 'consistent' : 'INCONSISTENT',
  ]);
  return formatTable(['locus', ...samples, 'LR', 'log10 LR', 'Mendelian'], rows);
}
