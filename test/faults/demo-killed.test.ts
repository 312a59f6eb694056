import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import t, { type Test } from 'tap';
import { PROGRAM, readText, spawnNode } from '../package.ts';
import { makeFolder, until } from '../servers.ts';
import {
  dumpTables,
  findGenotypeSecrets,
  findIdentitySecrets,
  findIn,
  readLogs,
} from './plain-text.ts';

type Demo = { readonly process: ChildProcess; readonly output: () => string };

function startDemo(t: Test, dataDir: string): Demo {
  const demo = spawnNode([PROGRAM, 'demo', '--once'], {
    env: { HOMEWARD_DATA_DIR: dataDir, HOMEWARD_FSYNC: 'off', PORT: '0' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let text = '';
  for (const stream of [demo.stdout, demo.stderr]) {
    stream!.on('data', (chunk: Buffer) => (text += chunk.toString()));
  }
  t.teardown(() => demo.kill('SIGKILL'));
  return { process: demo, output: () => text };
}

/** Lines of the candidates' table without their rank. */
function candidatesIn(output: string): string[] {
  return output
    .split('\n')
    .filter((line) => /^ *\d+ +U\d{4} /.test(line))
    .map((line) => line.replace(/^ *\d+ +/, ''));
}

async function finish({ process: demo, output }: Demo): Promise<string> {
  const [code] = await once(demo, 'exit');
  if (code !== 0) throw new Error(`the demo ended with ${String(code)}:\n${output()}`);
  return output();
}

t.test(
  'a demo killed twice ends with the same candidates, none twice',
  { timeout: 290_000 },
  async (t) => {
    const dataDir = await makeFolder(t);
    // Once while uploading, once while searching; Postgres is left running each time.
    for (const moment of [/Policy in force/, /searching .*[1-6]\d%/]) {
      const doomed = startDemo(t, dataDir);
      await until(() => moment.test(doomed.output()) || doomed.process.exitCode !== null);
      doomed.process.kill('SIGKILL');
      await once(doomed.process, 'exit');
      t.notMatch(doomed.output(), /The demo took/, 'it was killed before its end');
    }
    // What the killed ones uploaded is uploaded again.
    const output = await finish(startDemo(t, dataDir));
    t.match(output, /Sent the first batch again: the same receipt, nothing changed/);
    t.match(output, /Planted reunions found: 60 of 60 with both parents, 59 of 60 with one parent/);
    const candidates = candidatesIn(output);
    const undisturbed = candidatesIn(await finish(startDemo(t, await makeFolder(t))));
    t.same(candidates, undisturbed);
    t.equal(candidates.length, 120);
    const pairs = candidates.map((line) => line.split(/ +/).slice(0, 2).join(' '));
    t.equal(new Set(pairs).size, pairs.length, 'none twice');

    await t.test('what it leaves says in clear neither who anybody is nor what was typed', (t) =>
      searchForSecrets(t, join(dataDir, 'demo')),
    );
  },
);

async function searchForSecrets(t: Test, dataDir: string): Promise<void> {
  const identities = findIdentitySecrets();
  const genotypes = await findGenotypeSecrets();
  t.ok(identities.length > 1_000 && genotypes.length > 50_000, 'of 1,050 people');
  const dump = await dumpTables(dataDir);
  t.ok(dump.size > 25, `${dump.size} tables, those of the queue and the vault among them`);
  for (const [table, text] of dump) t.same(findIn(text, identities, genotypes), [], table);
  const logs = await readLogs(dataDir);
  t.match(logs, /database system is ready/, 'the log of the database');
  t.same(findIn(logs, identities, genotypes), []);

  // The search finds what it is meant to find.
  const [family] = readText('fixtures/demo/families.csv').split('\n').slice(1);
  t.match(findIn(family!, identities, genotypes), ['F0001f']);
  t.match(findIn(`{"row": "${identities[0]!.text}"}`, identities, genotypes), [identities[0]!.of]);
  t.match(findIn('{"TPOX": ["9", "9.3"]}'.replace('TPOX', 'TH01'), identities, genotypes), [/F/]);
}
