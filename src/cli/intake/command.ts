import { createHash } from 'node:crypto';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { REPORT_HEADER, writeReportLines } from '../../casework/intake/batch-report.ts';
import { receipt, type Receipt, type Side, sides } from '../../casework/intake/batch.schema.ts';
import type { Part } from './parts.ts';
import type { Message } from './sender.ts';
import { sendAll, sendingCommand, type SendingOptions } from './sending.ts';

type Options = SendingOptions & {
  readonly side: Side;
  /** Part of the name of every batch: under another, rows that were refused are judged again. */
  readonly attempt: string;
  readonly dryRun?: true;
};

/** `homeward intake` */
export function intakeCommand(): Command {
  return sendingCommand(
    'intake',
    'CSV of any length; a GeneMapper table, CODIS file or Familias project of 16 MiB at most',
  )
    .description('Send a file of people to a service, in as many batches as it takes.')
    .addOption(
      new Option('--side <side>', 'who is in the file').choices(sides).makeOptionMandatory(),
    )
    .option('--attempt <name>', 'another name judges rows again that were refused', readName, '1')
    .option('--dry-run', 'write nothing: only say what would become of each row')
    .action(async (file: string, options: Options) => {
      await sendAll(
        file,
        options,
        {
          header: REPORT_HEADER,
          nothing: { accepted: 0, extended: 0, unchanged: 0, refused: 0 },
          async sendPart(part, post) {
            const answer = await post(batchMessage(options, part));
            const { rows, accepted, extended = 0, unchanged, refused } = answer;
            const lines = writeReportLines(rowsInFile(answer, part));
            return { rows: rows.length, counts: { accepted, extended, unchanged, refused }, lines };
          },
        },
        (outcome) => (options.dryRun && outcome === 'accepted' ? 'would be accepted' : outcome),
      );
    });
}

/** Named by its content, a batch is taken once, however often it arrives. */
function batchMessage({ side, attempt, dryRun }: Options, { bytes, type }: Part): Message<Receipt> {
  const hash = createHash('sha256').update(`${side} `).update(bytes).digest('hex');
  return {
    path: `v1/batches?side=${side}&dryRun=${String(dryRun === true)}`,
    headers: { 'content-type': type, 'idempotency-key': `intake-${attempt}-${hash}` },
    body: bytes,
    answer: receipt,
  };
}

/** In a part, row 1 is the header and row 2 its first. */
function rowsInFile({ rows }: Receipt, { firstRow }: Part): Receipt['rows'] {
  return rows.map((report) => ({ ...report, row: report.row - 2 + firstRow }));
}

function readName(text: string): string {
  if (/^[\w-]{1,40}$/.test(text)) return text;
  throw new InvalidArgumentError('use up to 40 letters, digits, "_" and "-"');
}
