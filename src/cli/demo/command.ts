import { join } from 'node:path';
import { Command } from 'commander';
import { type Config, readConfig } from '../../platform/config.ts';
import { HomewardError } from '../../platform/errors.ts';
import { findFreePort } from '../../platform/free-port.ts';
import { openLog } from '../../platform/log.ts';
import type { DemoIssuer } from './issuer.ts';

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
      const port = configured.port || (await findFreePort());
      const issuer = await openIssuer(configured, port);
      const config = {
        ...configured,
        port,
        dataDir: join(configured.dataDir, 'demo'),
        signIn: issuer?.config ?? configured.signIn,
      };
      const log = openLog(config.logLevel);
      const service = await startService(config, log, { search: true });
      const close = async (): Promise<void> => {
        await service.close();
        await issuer?.close();
      };
      closeWithGrace({ logger: log, delay: 30_000 }, close);
      if (service.adminKey === undefined) {
        throw new HomewardError(
          'CONFIGURATION_INVALID',
          'Beside a real database the demo needs ADMIN_API_KEY.',
        );
      }
      const { keys } = await runDemo({
        url: service.url,
        adminKey: service.adminKey,
        dataDir: config.dataDir,
        signsIn: issuer !== null,
      });
      if (once) {
        await close();
        process.exit(0);
      }
      console.log(`
The console, in Chinese and English: ${service.url}/console/
The API and its description: ${service.url}/docs/
An analyst's key for it: ${keys.analyst}
${issuer ? 'Sign in with a browser of this machine, as whom you like.\n' : ''}Stop it with Ctrl-C.`);
    });
}

/** Nobody signs in by the demo's issuer where another is configured, or in production, which has none. */
async function openIssuer({ signIn }: Config, port: number): Promise<DemoIssuer | null> {
  if (signIn || process.env.NODE_ENV === 'production') return null;
  const { startDemoIssuer } = await import('./issuer.ts');
  return startDemoIssuer(new URL(`http://127.0.0.1:${port}`));
}
