import { compareProfiles, RELATIONSHIPS, relationshipHypotheses } from '../../kinship/index.ts';
import { HomewardError } from '../../platform/errors.ts';
import { readPolicy, readTable } from '../input.ts';
import { formatTable } from '../table.ts';
import { findPerson, type People } from './people.ts';
import { genotypeCells, headOf, ratioCells, REASONS, totalOf } from './report.ts';

/** Which two people, how they may be related, and with what to compute. */
export type RelationshipOptions = {
  readonly frequencies: string;
  readonly policy?: string;
  readonly relationship: string;
  readonly people: readonly string[];
};

/** «Are these two so related?», locus by locus, as text. */
export async function reportRelationship(
  options: RelationshipOptions,
  people: People,
): Promise<string> {
  const relationship = RELATIONSHIPS.find((name) => name === options.relationship);
  if (!relationship) {
    throw new HomewardError(
      'ARGUMENT_INVALID',
      `--relationship is one of ${RELATIONSHIPS.join(', ')}; for a parent use --child and --father, --mother or --parent.`,
    );
  }
  const [a, b] = twoDifferent(options.people);
  const table = await readTable(options.frequencies);
  const { params } = await readPolicy(options.policy);
  const hypotheses = relationshipHypotheses(relationship, a, b, findPerson(people, a).sex);
  const profiles = new Map([a, b].map((sample) => [sample, findPerson(people, sample).profile]));
  const { lr, compared, omitted } = compareProfiles(table, params, hypotheses, profiles);
  const rows = compared.map(({ locus, lr }) => [
    locus,
    ...genotypeCells(people, [a, b], locus),
    ...ratioCells(lr),
  ]);
  return [
    ...headOf(hypotheses, params),
    formatTable(['locus', a, b, 'LR', 'log10 LR'], rows),
    '',
    ...omitted.map(({ locus, reason }) => `left out: ${locus}, ${REASONS[reason]}`),
    totalOf(lr, `${compared.length} loci compared`),
  ].join('\n');
}

function twoDifferent([a, b, ...more]: readonly string[]): [string, string] {
  if (a === undefined || b === undefined || more.length > 0 || a === b) {
    throw new HomewardError('ARGUMENT_INVALID', 'Name two different samples: --people A B.');
  }
  return [a, b];
}
