import { Command } from 'commander';
import { readConfig } from '../platform/config.ts';
import { withInfrastructure } from './infrastructure.ts';

/** `homeward migrate` */
export function migrateCommand(): Command {
  return new Command('migrate')
    .description('Bring the database schema (and that of the queue) up to date, then exit.')
    .addHelpText(
      'after',
      `
Reads DATABASE_OWNER_URL, the login that owns the tables, and DATABASE_URL, the login of the service, which may
work with them afterwards. With DATABASE_URL alone that login does both.`,
    )
    .action(async () => {
      // Opening it does all of that.
      await withInfrastructure(readConfig(process.env), () => Promise.resolve());
      console.error('The database is up to date.');
    });
}
