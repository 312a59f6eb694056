import { Command, InvalidArgumentError, Option } from 'commander';
import { type Side, sides } from '../../casework/intake/batch.schema.ts';
import { type Encoding, ENCODINGS } from '../../formats/text-encoding.ts';
import { HomewardError } from '../../platform/errors.ts';
import { EXIT } from '../exit.ts';
import { openFile } from '../output.ts';
import { openProgress } from '../progress.ts';
import { openParts } from './parts.ts';
import { type Destination, sendBatch } from './sender.ts';
import { sendFile, type Sum } from './send-file.ts';

type Options = {
  url: URL;
  side: Side;
  report?: string;
  encoding?: Encoding;
  batch: number;
  attempt: string;
  dryRun?: true;
};

/** As many as the service takes. */
const MOST_ROWS = 10_000;

/** `homeward intake` */
export function intakeCommand(): Command {
  return new Command('intake')
    .description('Send a file of people to a service, in as many batches as it takes.')
    .argument('<file>', 'CSV of any length; a GeneMapper table or CODIS file of 16 MiB at most')
    .requiredOption('--url <url>', 'of the service', readUrl)
    .addOption(
      new Option('--side <side>', 'who is in the file').choices(sides).makeOptionMandatory(),
    )
    .option('--report <file>', 'write what became of each row, as CSV')
    .addOption(
      new Option('--encoding <name>', 'of the file; default: its mark, or UTF-8').choices(
        ENCODINGS,
      ),
    )
    .option('--batch <rows>', 'rows of a batch', readRows, MOST_ROWS)
    .option('--attempt <name>', 'another name judges rows again that were refused', readName, '1')
    .option('--dry-run', 'write nothing: only say what would become of each row')
    .addHelpText(
      'after',
      `
The key of the collection point is read from HOMEWARD_API_KEY. Cut off and started again, the command goes
on where it was: a batch that arrived is known by its content and is not written twice. A batch is tried
eight times while the service is away or busy.`,
    )
    .action(async (file: string, options: Options) => {
      const { HOMEWARD_API_KEY: apiKey = '' } = process.env;
      if (!apiKey) throw new HomewardError('ARGUMENT_INVALID', 'HOMEWARD_API_KEY is not set.');
      const { refused } = await sendAll(file, options, apiKey);
      if (refused > 0) process.exitCode = EXIT.someRefused;
    });
}

async function sendAll(file: string, options: Options, apiKey: string): Promise<Sum> {
  const { url, side, attempt, dryRun = false } = options;
  const destination: Destination = { url, apiKey, side, attempt, dryRun };
  const parted = await openParts(file, options.batch, options.encoding);
  const report = options.report === undefined ? null : await openFile(options.report);
  const progress = openProgress('bytes', parted.size);
  const begun = performance.now();
  try {
    const say = (why: string): void => console.error(`homeward: ${why}; trying again`);
    const sum = await sendFile(
      parted,
      ({ bytes, type }) => sendBatch(destination, bytes, type, say),
      report,
      progress,
    );
    await report?.close();
    progress.stop();
    tell(sum, (performance.now() - begun) / 1_000, dryRun);
    return sum;
  } catch (error) {
    progress.stop();
    await report?.abandon();
    throw error;
  }
}

function tell(sum: Sum, seconds: number, dryRun: boolean): void {
  const { rows, batches, accepted, extended, unchanged, refused } = sum;
  console.log(
    `${rows} rows in ${batches} batches: ${accepted} ${dryRun ? 'would be accepted' : 'accepted'}, ` +
      `${extended} extended, ${unchanged} unchanged, ${refused} refused; ` +
      `${seconds.toFixed(1)} s, ${Math.round(rows / seconds)} rows a second`,
  );
}

const LOOPBACK = /^(localhost|127(\.\d+){3}|\[::1\])$/;

function readUrl(text: string): URL {
  if (!URL.canParse(text)) throw new InvalidArgumentError('write it as https://homeward.example');
  const url = new URL(text.endsWith('/') ? text : `${text}/`);
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && LOOPBACK.test(url.hostname))) {
    throw new InvalidArgumentError('genotypes go over https, or to this machine');
  }
  return url;
}

function readRows(text: string): number {
  const rows = Number(text);
  if (Number.isInteger(rows) && rows >= 1 && rows <= MOST_ROWS) return rows;
  throw new InvalidArgumentError(`write a number from 1 to ${MOST_ROWS}`);
}

function readName(text: string): string {
  if (/^[\w-]{1,40}$/.test(text)) return text;
  throw new InvalidArgumentError('use up to 40 letters, digits, "_" and "-"');
}
