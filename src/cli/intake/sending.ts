import { Command, InvalidArgumentError, Option } from 'commander';
import { type Encoding, ENCODINGS } from '../../formats/text-encoding.ts';
import { HomewardError } from '../../platform/errors.ts';
import { EXIT } from '../exit.ts';
import { openFile } from '../output.ts';
import { openProgress } from '../progress.ts';
import { openParts, type Part } from './parts.ts';
import { type Destination, type Message, sendMessage } from './sender.ts';
import { type PartReport, sendFile, type Sum } from './send-file.ts';

/** As many as the service takes. */
const MOST_ROWS = 10_000;

/** What is asked of everybody who sends a file. */
export type SendingOptions = {
  readonly url: URL;
  readonly report?: string;
  readonly encoding?: Encoding;
  readonly batch: number;
};

/** A command that sends a file to a service. */
export function sendingCommand(name: string, file: string): Command {
  return new Command(name)
    .argument('<file>', file)
    .requiredOption('--url <url>', 'of the service', readUrl)
    .option('--report <file>', 'write what became of each row, as CSV')
    .addOption(
      new Option('--encoding <name>', 'of the file; default: its mark, or UTF-8').choices(
        ENCODINGS,
      ),
    )
    .option('--batch <rows>', 'rows of a batch', readRows, MOST_ROWS)
    .addHelpText(
      'after',
      `
The key of the collection point is read from HOMEWARD_API_KEY. Cut off and started again, the command goes
on where it was: what has arrived is not written twice. A batch is tried eight times while the service is
away or busy.`,
    );
}

/** How a part of a file is sent, and what of its answer is told. */
export type PartSending<Outcome extends string> = {
  /** The first line of the report. */
  readonly header: string;
  /** Every outcome that is counted, at 0. */
  readonly nothing: Readonly<Record<Outcome, number>>;
  readonly sendPart: (
    part: Part,
    post: <Answer>(message: Message<Answer>) => Promise<Answer>,
  ) => Promise<PartReport<Outcome>>;
};

/** Sends a file in parts and says what became of it; the exit code says whether rows were refused. */
export async function sendAll<Outcome extends string>(
  file: string,
  { url, batch, encoding, report: reportFile }: SendingOptions,
  { header, nothing, sendPart }: PartSending<Outcome | 'refused'>,
  nameOutcome: (outcome: string) => string = (outcome) => outcome,
): Promise<void> {
  const { HOMEWARD_API_KEY: apiKey = '' } = process.env;
  if (!apiKey) throw new HomewardError('ARGUMENT_INVALID', 'HOMEWARD_API_KEY is not set.');
  const destination: Destination = { url, apiKey };
  const parted = await openParts(file, batch, encoding);
  const report = reportFile === undefined ? null : await openFile(reportFile);
  const progress = openProgress('bytes', parted.size);
  const begun = performance.now();
  const say = (why: string): void => console.error(`homeward: ${why}; trying again`);
  try {
    await report?.write(header);
    const sum = await sendFile(
      parted,
      (part) => sendPart(part, (message) => sendMessage(destination, message, say)),
      nothing,
      report,
      progress,
    );
    await report?.close();
    progress.stop();
    tell(sum, (performance.now() - begun) / 1_000, nameOutcome);
    if (sum.counts.refused > 0) process.exitCode = EXIT.someRefused;
  } catch (error) {
    progress.stop();
    await report?.abandon();
    throw error;
  }
}

function tell<Outcome extends string>(
  { rows, batches, counts }: Sum<Outcome>,
  seconds: number,
  nameOutcome: (outcome: string) => string,
): void {
  const counted = Object.entries(counts).map(([outcome, count]) => `${String(count)} ${nameOutcome(outcome)}`); // prettier-ignore
  console.log(
    `${rows} rows in ${batches} batches: ${counted.join(', ')}; ` +
      `${seconds.toFixed(1)} s, ${Math.round(rows / seconds)} rows a second`,
  );
}

const LOOPBACK = /^(localhost|127(\.\d+){3}|\[::1\])$/;

function readUrl(text: string): URL {
  if (!URL.canParse(text)) throw new InvalidArgumentError('write it as https://homeward.example');
  const url = new URL(text.endsWith('/') ? text : `${text}/`);
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && LOOPBACK.test(url.hostname))) {
    throw new InvalidArgumentError('such files go over https, or to this machine');
  }
  return url;
}

function readRows(text: string): number {
  const rows = Number(text);
  if (Number.isInteger(rows) && rows >= 1 && rows <= MOST_ROWS) return rows;
  throw new InvalidArgumentError(`write a number from 1 to ${MOST_ROWS}`);
}
