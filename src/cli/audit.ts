import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { Command, InvalidArgumentError } from 'commander';
import { type ChainFault, verifyChain } from '../casework/audit/audit-chain.ts';
import type { AuditEntry, ChainHead } from '../casework/audit/audit-entry.ts';
import { auditLine, readHead, writeHead, writeLine } from '../casework/audit/audit-line.ts';
import { readConfig } from '../platform/config.ts';
import { EXIT } from './exit.ts';
import { withInfrastructure } from './infrastructure.ts';
import { naming, parseAs, parseJson } from './input.ts';
import { openFile, openStream } from './output.ts';

/** `homeward audit` */
export function auditCommand(): Command {
  return new Command('audit')
    .description('The record of what was done: check that nobody touched it, or hand it on.')
    .addCommand(verifyCommand())
    .addCommand(exportCommand());
}

function verifyCommand(): Command {
  return new Command('verify')
    .description(
      'Check the chain from its first entry on, and name the first that is not as it was.',
    )
    .option('--file <file>', 'an exported chain; without it that of the database')
    .option('--head <seq:hash>', 'an entry as it was said by an earlier check', parseHead)
    .addHelpText(
      'after',
      `
By itself the chain shows whatever was altered, removed or moved, but neither that its last entries
were cut off nor that all of it was written anew. Keep the head that each check prints where the
database's administrators cannot reach it, and give it to the next check.

Ends with ${EXIT.failed} when an entry is not as it was.

Examples:
  homeward audit verify
  homeward audit verify --file chain.jsonl --head 1207:9f2c…`,
    )
    .action(async ({ file, head }: { file?: string; head?: ChainHead }) => {
      const check = (entries: AsyncIterable<AuditEntry>): Promise<void> => verify(entries, head);
      await (file === undefined ? withChain(check) : check(readFileEntries(file)));
    });
}

function exportCommand(): Command {
  return new Command('export')
    .description(
      'Write the chain, one entry a line in JSON; it can be checked without the database.',
    )
    .option('--out <file>', 'where to write; standard output without it')
    .addHelpText('after', '\nExample:\n  homeward audit export --out chain.jsonl')
    .action(async ({ out }: { out?: string }) => {
      const output = out === undefined ? openStream(process.stdout) : await openFile(out);
      try {
        await withChain(async (entries) => {
          for await (const entry of entries) await output.write(writeLine(entry));
        });
        await output.close();
      } catch (error) {
        await output.abandon();
        throw error;
      }
    });
}

async function verify(entries: AsyncIterable<AuditEntry>, kept?: ChainHead): Promise<void> {
  const { head, fault } = await verifyChain(entries, kept);
  if (fault) {
    console.log(`entry ${fault.seq} ${SAYS[fault.kind]}`);
    process.exitCode = EXIT.failed;
  } else if (head) {
    console.log(`the chain is whole: ${head.seq} entries; head ${writeHead(head)}`);
  } else {
    console.log('the chain is whole: no entry yet');
  }
}

const SAYS: Readonly<Record<ChainFault['kind'], string>> = {
  altered: 'was altered: its content is not what its hash says',
  missing: 'is not in its place: a later one stands there',
  'out-of-order': 'stands behind a later one',
  rewritten: 'was written anew: its hash is not the one that is remembered of it',
  'cut-off': 'is missing, with all that came after it',
};

/** @param use the entries of the configured database */
async function withChain(
  use: (entries: AsyncIterable<AuditEntry>) => Promise<void>,
): Promise<void> {
  const { readEntries } = await import('../casework/audit/audit.service.ts');
  await withInfrastructure(readConfig(process.env), ({ databases }) =>
    use(readEntries(databases.auditor)),
  );
}

async function* readFileEntries(file: string): AsyncGenerator<AuditEntry> {
  let row = 0;
  try {
    for await (const line of createInterface({
      input: createReadStream(file),
      crlfDelay: Infinity,
    })) {
      yield readEntry(line, ++row);
    }
  } catch (error) {
    throw naming(file, error);
  }
}

function readEntry(line: string, row: number): AuditEntry {
  const value = parseJson(line, `line ${row}`, 'AUDIT_INVALID');
  return parseAs(auditLine, value, 'AUDIT_INVALID', `line ${row} is no entry of an audit chain.`);
}

function parseHead(text: string): ChainHead {
  const head = readHead(text);
  if (head) return head;
  throw new InvalidArgumentError('write the head as a check printed it, 1207:9f2c….');
}
