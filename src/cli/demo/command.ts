import { join } from 'node:path';
import { Command } from 'commander';
import { readConfig } from '../../platform/config.ts';
import { HomewardError } from '../../platform/errors.ts';
import { openLog } from '../../platform/log.ts';

/** `homeward demo` */
export function demoCommand(): Command {
  return new Command('demo')
    .description(
      'Start the service, load the demo set through its API, search, and show the candidates.',
    )
    .option('--once', 'exit afterwards instead of leaving the service running')
    .addHelpText(
      'after',
      `
The demo keeps its data apart from the service's; run again, it finds everything unchanged.
Reads the environment as \`homeward serve\` does; without PORT it takes any free port.`,
    )
    .action(async ({ once = false }: { once?: boolean }) => {
      const [{ startService }, { runDemo }, { default: closeWithGrace }] = await Promise.all([
        import('../../main.ts'),
        import('./run.ts'),
        import('close-with-grace'),
      ]);
      const configured = readConfig({ LOG_LEVEL: 'warn', PORT: '0', ...process.env });
      const config = { ...configured, dataDir: join(configured.dataDir, 'demo') };
      const log = openLog(config.logLevel);
      const service = await startService(config, log, { search: true });
      closeWithGrace({ logger: log, delay: 30_000 }, () => service.close());
      if (service.adminKey === undefined) {
        throw new HomewardError(
          'CONFIGURATION_INVALID',
          'Beside a real database the demo needs ADMIN_API_KEY.',
        );
      }
      const { keys } = await runDemo(service.url, service.adminKey, config.dataDir);
      if (once) {
        await service.close();
        process.exit(0);
      }
      console.log(`
The service goes on at ${service.url}; its API documentation is at ${service.url}/docs/
An analyst's key for it: ${keys.analyst}
Stop it with Ctrl-C.`);
    });
}
