import { Command } from 'commander';
import {
  computeDocument,
  type NamedTable,
} from '../casework/likelihood-ratios/calculation-document.ts';
import {
  calculationDocument,
  type CalculationDocument,
} from '../casework/likelihood-ratios/calculation.schema.ts';
import { type Replay, replayReport } from '../casework/reports/report-replay.ts';
import { reportDocument } from '../casework/reports/report.schema.ts';
import { HomewardError } from '../platform/errors.ts';
import { type Difference, findDifferences, type Leaf } from '../platform/json-leaves.ts';
import { ENGINE_VERSION } from '../platform/provenance.ts';
import { EXIT } from './exit.ts';
import { parseAs, readJson, readNamedTables } from './input.ts';

/** `homeward replay` */
export function replayCommand(): Command {
  return new Command('replay')
    .description('Compute a result again from all that it depends on, and compare every number.')
    .argument(
      '<document>',
      'a result as `homeward lr --json` or the service wrote it, or the report of a candidate as JSON',
    )
    .option(
      '--frequencies <file...>',
      'the frequency tables of a result, found by the hash of their content; a report brings its own',
    )
    .addHelpText(
      'after',
      `
Ends with ${EXIT.failed} when a number differs. Numbers are compared to the last digit.

Examples:
  homeward replay result.json --frequencies fixtures/example/frequencies.csv
  homeward replay report.json`,
    )
    .action(async (file: string, { frequencies }: { frequencies?: string[] }) => {
      process.exitCode = await replay(file, frequencies);
    });
}

/** So many differences tell enough. */
const MOST_DIFFERENCES = 10;

async function replay(file: string, frequencies: readonly string[] | undefined): Promise<number> {
  const content = await readJson(file);
  if (isReport(content)) {
    const complaint = `${file} is not a report that can be computed again.`;
    const report = parseAs(reportDocument, content, 'CALCULATION_INVALID', complaint);
    compareVersions(report.source.engineVersion);
    return printReplay(replayReport(report));
  }
  const complaint = `${file} is not a result that can be computed again.`;
  const document = parseAs(calculationDocument, content, 'CALCULATION_INVALID', complaint);
  if (frequencies === undefined) {
    throw new HomewardError('ARGUMENT_INVALID', `Give the tables of ${file} with --frequencies.`);
  }
  return replayResult(file, document, await readNamedTables(frequencies));
}

function isReport(content: unknown): boolean {
  return typeof content === 'object' && content !== null && 'format' in content && content.format === 'homeward-report'; // prettier-ignore
}

function printReplay({ numbers, differences, altered, failure }: Replay): number {
  if (altered.length > 0) {
    console.log(`altered: the hash does not hold of ${altered.join(', ')}`);
  }
  if (failure !== null) console.log(`not replayed: ${failure}`);
  else if (differences.length > 0) {
    console.log(`replayed: ${differences.length} values differ`);
    printDifferences(differences);
  } else console.log(`replayed: all ${numbers} numbers are the same`);
  const isWhole = altered.length + differences.length === 0 && failure === null;
  if (isWhole) console.log('the hash holds: nothing of the report was altered');
  return isWhole ? EXIT.done : EXIT.failed;
}

function replayResult(
  file: string,
  document: CalculationDocument,
  given: readonly NamedTable[],
): number {
  const computed = computeDocument(document.calculation, findTables(document, given));
  if (computed.inputHash !== document.inputHash) {
    throw new HomewardError(
      'CALCULATION_INVALID',
      `${file} was altered: its input has the hash ${computed.inputHash}, and it states ` +
        `${document.inputHash}. Take the file as it was written.`,
    );
  }
  compareVersions(document.engineVersion);
  const { differences, leaves } = findDifferences(document.populations, computed.populations, 'populations'); // prettier-ignore
  if (differences.length === 0) {
    const numbers = leaves.filter((leaf) => typeof leaf === 'number').length;
    console.log(`replayed: all ${numbers} numbers are the same`);
    return EXIT.done;
  }
  console.log(`replayed: ${differences.length} of ${leaves.length} values differ`);
  printDifferences(differences);
  return EXIT.failed;
}

function compareVersions(then: string): void {
  if (then === ENGINE_VERSION) return;
  console.error(
    `computed by ${then}, replayed by ${ENGINE_VERSION}: CHANGELOG.md says which numbers may differ`,
  );
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

/** What differs, each with its place; enough of them to tell. */
function printDifferences(differences: readonly Difference[]): void {
  for (const { place, stated, now } of differences.slice(0, MOST_DIFFERENCES)) {
    console.log(`  ${place}: ${say(stated)}, now ${say(now)}`);
  }
}

function say(leaf: Leaf | undefined): string {
  return leaf === undefined ? 'nothing' : JSON.stringify(leaf);
}
