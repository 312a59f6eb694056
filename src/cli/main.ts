import { Command, CommanderError } from 'commander';
import { ENGINE_VERSION } from '../platform/provenance.ts';
import { auditCommand } from './audit.ts';
import { demoCommand } from './demo/command.ts';
import { EXIT, report } from './exit.ts';
import { intakeCommand } from './intake/command.ts';
import { consentsCommand } from './intake/consents-command.ts';
import { keysCommand } from './keys.ts';
import { lrCommand } from './lr/command.ts';
import { migrateCommand } from './migrate.ts';
import { replayCommand } from './replay.ts';
import { searchCommand } from './search/command.ts';
import { serveCommand } from './serve.ts';
import { workerCommand } from './worker.ts';

const program = new Command('homeward')
  .description('Finds the families of children of unknown origin from DNA.')
  .version(ENGINE_VERSION)
  .addCommand(serveCommand())
  .addCommand(workerCommand())
  .addCommand(demoCommand())
  .addCommand(migrateCommand())
  .addCommand(lrCommand())
  .addCommand(replayCommand())
  .addCommand(searchCommand())
  .addCommand(consentsCommand())
  .addCommand(intakeCommand())
  .addCommand(auditCommand())
  .addCommand(keysCommand())
  .addHelpText(
    'after',
    `
Exit codes:
  ${EXIT.done}  done
  ${EXIT.failed}  something went wrong on our side
  ${EXIT.wrongUse}  an argument, the configuration or an input file is wrong
  ${EXIT.someRefused}  done, but some rows of the input were refused (they are listed)`,
  );

for (const command of [program, ...program.commands]) {
  for (const one of [command, ...command.commands]) one.exitOverride();
}

// A reader that has seen enough, as in `| head`, is nobody's error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});

try {
  await program.parseAsync();
} catch (error) {
  process.exitCode =
    error instanceof CommanderError
      ? error.exitCode === 0
        ? EXIT.done
        : EXIT.wrongUse
      : report(error);
}
