import { Command } from 'commander';
import {
  computeDocument,
  type NamedTable,
} from '../casework/likelihood-ratios/calculation-document.ts';
import {
  calculationDocument,
  type CalculationDocument,
} from '../casework/likelihood-ratios/calculation.schema.ts';
import { HomewardError } from '../platform/errors.ts';
import { ENGINE_VERSION } from '../platform/provenance.ts';
import { EXIT } from './exit.ts';
import { parseAs, readJson, readNamedTables } from './input.ts';

/** `homeward replay` */
export function replayCommand(): Command {
  return new Command('replay')
    .description('Compute a result again from all that it depends on, and compare every number.')
    .argument('<document>', 'a result as `homeward lr --json` or the service wrote it')
    .requiredOption(
      '--frequencies <file...>',
      'the frequency tables; those of the result are found by the hash of their content',
    )
    .addHelpText(
      'after',
      `
Ends with ${EXIT.failed} when a number differs. Numbers are compared to the last digit.

Example:
  homeward replay result.json --frequencies fixtures/example/frequencies.csv`,
    )
    .action(async (file: string, { frequencies }: { frequencies: string[] }) => {
      process.exitCode = await replay(file, frequencies);
    });
}

/** So many differences tell enough. */
const MOST_DIFFERENCES = 10;

async function replay(file: string, frequencies: readonly string[]): Promise<number> {
  const complaint = `${file} is not a result that can be computed again.`;
  const document = parseAs(calculationDocument, await readJson(file), 'CALCULATION_INVALID', complaint); // prettier-ignore
  const tables = findTables(document, await readNamedTables(frequencies));
  const computed = computeDocument(document.calculation, tables);
  if (computed.inputHash !== document.inputHash) {
    throw new HomewardError(
      'CALCULATION_INVALID',
      `${file} was altered: its input has the hash ${computed.inputHash}, and it states ` +
        `${document.inputHash}. Take the file as it was written.`,
    );
  }
  if (document.engineVersion !== ENGINE_VERSION) {
    console.error(
      `computed by ${document.engineVersion}, replayed by ${ENGINE_VERSION}: CHANGELOG.md says which numbers may differ`,
    );
  }
  const then = leavesOf(document.populations);
  const now = leavesOf(JSON.parse(JSON.stringify(computed.populations)));
  const places = [...new Set([...then.keys(), ...now.keys()])];
  const differing = places.filter((place) => then.get(place) !== now.get(place));
  if (differing.length === 0) {
    const numbers = [...now.values()].filter((leaf) => typeof leaf === 'number').length;
    console.log(`replayed: all ${numbers} numbers are the same`);
    return EXIT.done;
  }
  console.log(`replayed: ${differing.length} of ${places.length} values differ`);
  for (const place of differing.slice(0, MOST_DIFFERENCES)) {
    console.log(`  ${place}: ${say(then.get(place))}, now ${say(now.get(place))}`);
  }
  return EXIT.failed;
}

/**
 * The tables of a result, under the names that it gives them.
 * @throws HomewardError ARGUMENT_INVALID with the hash of a table that is missing
 */
function findTables(
  { populations }: CalculationDocument,
  given: readonly NamedTable[],
): NamedTable[] {
  return populations.map(({ frequencyTable: { name, contentHash } }) => {
    const found = given.find((table) => table.contentHash === contentHash);
    if (found) return { ...found, name };
    throw new HomewardError(
      'ARGUMENT_INVALID',
      `The result was computed with the frequency table ${name}, SHA-256 ${contentHash}; no file of --frequencies has this content.`,
    );
  });
}

type Leaf = string | number | boolean | null;

/** Every value in a JSON value that holds no others, by its place. */
function leavesOf(value: unknown): Map<string, Leaf> {
  const leaves = new Map<string, Leaf>();
  const visit = (part: unknown, place: string): void => {
    if (part === null || typeof part !== 'object') leaves.set(place, part as Leaf);
    else if (Array.isArray(part)) part.forEach((one, at) => visit(one, `${place}[${at}]`));
    else Object.entries(part).forEach(([name, one]) => visit(one, `${place}.${name}`));
  };
  visit(value, 'populations');
  return leaves;
}

function say(leaf: Leaf | undefined): string {
  return leaf === undefined ? 'nothing' : JSON.stringify(leaf);
}
