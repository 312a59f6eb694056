import t from 'tap';
import { homeward, isRefused, STACK_TRACE } from './homeward.ts';

const COMMANDS = [
  'serve',
  'worker',
  'demo',
  'migrate',
  'lr',
  'replay',
  'search',
  'intake',
  'consents',
];

t.test('every command has its help', async (t) => {
  for (const command of COMMANDS) {
    const { code, stdout, stderr } = await homeward(command, '--help');
    t.strictSame([code, stderr], [0, ''], command);
    t.ok(stdout.startsWith(`Usage: homeward ${command} `), command);
    t.match(stdout, '-h, --help');
  }
});

t.test('the help of the program lists the commands and the exit codes', async (t) => {
  const { code, stdout, stderr } = await homeward('--help');
  t.strictSame([code, stderr], [0, '']);
  for (const command of COMMANDS) t.match(stdout, new RegExp(`^  ${command} `, 'm'));
  for (const exit of [0, 1, 2, 3]) t.match(stdout, new RegExp(`^  ${exit}  \\S`, 'm'));
});

t.test('the version names the program and its version', async (t) => {
  const { code, stdout } = await homeward('--version');
  t.equal(code, 0);
  t.match(stdout, /^homeward \d+\.\d+\.\d+\n$/);
});

t.test('no command at all is answered by the help and an error', async (t) => {
  const { code, stdout, stderr } = await homeward();
  t.strictSame([code, stdout], [2, '']);
  t.match(stderr, 'Usage: homeward');
  t.notMatch(stderr, STACK_TRACE);
});

t.test('what the command line does not know is an error in one line', async (t) => {
  await isRefused(t, ['find'], /^error: unknown command 'find'\n$/);
  await isRefused(t, ['migrate', '--fast'], /^error: unknown option '--fast'\n$/);
  await isRefused(t, ['search', '--families', 'x'], /^error: required option '--unknowns <file>'/);
});
