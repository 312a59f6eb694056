import { existsSync, readFileSync } from 'node:fs';
import { Writable } from 'node:stream';
import t from 'tap';
import { CandidateCsv, COLUMNS } from '../../src/cli/search/candidate-csv.ts';
import type { FoundCandidate } from '../../src/cli/search/candidate.ts';
import { openFile, openStream } from '../../src/cli/output.ts';
import { writeFiles } from './homeward.ts';

const CANDIDATE: FoundCandidate = {
  query: 'U1',
  relatives: ['F1', 'M1', 'S1'],
  relationship: 'both-parents',
  log10Lr: Infinity,
  posterior: 0.5,
  lociCompared: 21,
  lociInconsistent: 0,
  expectedChanceCandidates: 1e-7,
};
const ROW = 'U1,F1+M1+S1,both-parents,Infinity,0.5,21,0,1e-7\n';

/** A stream that holds back after every piece until somebody else had a turn. */
function slowStream(written: string[], failure?: Error): Writable {
  return new Writable({
    highWaterMark: 1,
    write(chunk: Buffer, _, done) {
      written.push(String(chunk));
      setImmediate(() => done(failure));
    },
  });
}

t.test('candidates are written in pieces, in their order, the relatives joined by +', async (t) => {
  const written: string[] = [];
  const csv = new CandidateCsv(openStream(slowStream(written)));
  for (let person = 0; person < 300; person++) {
    await csv.write(Array.from({ length: 20 }, () => CANDIDATE));
  }
  await csv.write([]);
  await csv.end();
  t.equal(csv.count, 6000);
  t.equal(written.join(''), `${COLUMNS.join()}\n${ROW.repeat(6000)}`);
  t.ok(written.length > 2 && written.length < 20, `${written.length} pieces`);
});

t.test('a reader who goes away ends the writing, and waiting does not hang', async (t) => {
  const written: string[] = [];
  const stream = slowStream(written, Object.assign(new Error('write EPIPE'), { code: 'EPIPE' }));
  const output = openStream(stream);
  for (let piece = 0; piece < 50; piece++) await output.write('piece');
  await output.close();
  t.equal(written.length, 1);
  t.equal(stream.listenerCount('drain'), 0);
});

t.test('a file keeps its content until something is written', async (t) => {
  const { old } = writeFiles(t, { old: 'what was there before, and longer than what comes' });
  await (await openFile(old)).abandon();
  t.match(readFileSync(old, 'utf8'), /^what was there before/);
  const output = await openFile(old);
  await output.write('one ');
  await output.write('two');
  await output.close();
  t.equal(readFileSync(old, 'utf8'), 'one two');
});

t.test('a new file goes again where nothing was written', async (t) => {
  const { old } = writeFiles(t, { old: '' });
  await (await openFile(`${old}.new`)).abandon();
  t.notOk(existsSync(`${old}.new`));
  const output = await openFile(`${old}.new`);
  await output.write('part');
  await output.abandon();
  t.equal(readFileSync(`${old}.new`, 'utf8'), 'part');
});

t.test('what cannot be written is said at once', async (t) => {
  const { old } = writeFiles(t, { old: '' });
  for (const [file, reason] of [
    [`${old}/x`, 'ENOTDIR'],
    [`${old}x/y`, 'ENOENT'],
    ['/', 'EISDIR'],
  ] as const) {
    // prettier-ignore
    const message = `${file} cannot be written: ${reason}.`;
    await t.rejects(openFile(file), { code: 'FILE_NOT_WRITABLE', message });
  }
  const device = await openFile('/dev/null');
  await device.write('nothing');
  await device.close();
});
