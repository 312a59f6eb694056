import { Command } from 'commander';
import type { RecordKeys } from '../platform/crypto/record-keys.ts';
import { newRingLine } from '../platform/crypto/ring-text.ts';
import { readConfig } from '../platform/config.ts';
import type { Database } from '../platform/database.ts';
import { withInfrastructure } from './infrastructure.ts';

/** `homeward keys` */
export function keysCommand(): Command {
  return new Command('keys')
    .description('The key ring, which wraps the data keys of all that is sealed in the database.')
    .addCommand(newCommand())
    .addCommand(statusCommand())
    .addCommand(rewrapCommand());
}

function newCommand(): Command {
  return new Command('new')
    .description('Print a new key, a line for the end of the ring.')
    .addHelpText(
      'after',
      `
The last key of a ring wraps; those before it open what they wrapped. Every process reads the ring
again within a minute.

Example:
  homeward keys new >> key.ring`,
    )
    .action(() => {
      process.stdout.write(newRingLine(new Date()));
    });
}

function statusCommand(): Command {
  return new Command('status')
    .description('Say how many pages of data keys each key of the ring has wrapped.')
    .action(async () => {
      await withKeys(async (db, recordKeys) => {
        const current = await recordKeys.currentRingKey();
        const pages = await recordKeys.countPages(db);
        for (const { ringKey, count } of pages) {
          console.log(`${ringKey} ${count}${ringKey === current ? ' (current)' : ''}`);
        }
        if (!pages.some(({ ringKey }) => ringKey === current))
          console.log(`${current} 0 (current)`);
      });
    });
}

function rewrapCommand(): Command {
  return new Command('rewrap')
    .description(
      'Wrap with the current key what older keys wrapped; the service goes on meanwhile.',
    )
    .addHelpText(
      'after',
      `
Once \`homeward keys status\` names the current key alone, the others can be destroyed: backups from
before are then unreadable, and so is whoever was withdrawn since they were made.`,
    )
    .action(async () => {
      await withKeys(async (db, recordKeys) => {
        let pages = 0;
        for (let some = 1; some > 0; pages += some) {
          some = await db.transaction((tx) => recordKeys.rewrapSome(tx));
        }
        console.log(`${pages} pages were wrapped with ${await recordKeys.currentRingKey()}`);
      });
    });
}

async function withKeys(
  use: (db: Database, recordKeys: RecordKeys) => Promise<void>,
): Promise<void> {
  const [{ findKeyRing }, { openKeyRing }, { makeRecordKeys }] = await Promise.all([
    import('../platform/infrastructure.ts'),
    import('../platform/crypto/key-ring.ts'),
    import('../platform/crypto/record-keys.ts'),
  ]);
  const config = readConfig(process.env);
  const recordKeys = makeRecordKeys({ ring: await openKeyRing(await findKeyRing(config)) });
  await withInfrastructure(config, ({ databases }) => use(databases.keeper, recordKeys));
}
