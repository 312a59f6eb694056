import type { Config } from '../platform/config.ts';
import type { Infrastructure } from '../platform/infrastructure.ts';
import { openLog } from '../platform/log.ts';

/** Opens what is configured for a command, and closes it afterwards. Warnings go to standard error. */
export async function withInfrastructure(
  config: Config,
  use: (infrastructure: Infrastructure) => Promise<void>,
): Promise<void> {
  const { openInfrastructure } = await import('../platform/infrastructure.ts');
  const infrastructure = await openInfrastructure(config, openLog('warn', process.stderr));
  try {
    await use(infrastructure);
  } finally {
    await infrastructure.close();
  }
}
