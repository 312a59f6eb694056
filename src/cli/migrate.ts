import { Command } from 'commander';
import { readConfig } from '../platform/config.ts';
import { openLog } from '../platform/log.ts';

/** `homeward migrate` */
export function migrateCommand(): Command {
  return new Command('migrate')
    .description('Bring the database schema (and that of the queue) up to date, then exit.')
    .action(async () => {
      const { openInfrastructure } = await import('../platform/infrastructure.ts');
      const config = readConfig(process.env);
      const infrastructure = await openInfrastructure(config, openLog('warn'));
      await infrastructure.close();
      console.error('The database is up to date.');
    });
}
