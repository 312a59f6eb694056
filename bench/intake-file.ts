import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import { machine } from './measure.ts';
import { peakMegabytes } from './process-cost.ts';

/**
 * `homeward intake` with a long CSV of 21 loci to a stand-in that accepts everything, for the speed and the memory
 * of the command alone; bench/intake-service.ts sends into a service. Asserts that every row arrived once, and that
 * the memory of the command stays bounded.
 */
const LONG = 1_000_000;
const LOCI = ['D3S1358', 'vWA', 'FGA', 'TH01', 'TPOX', 'D18S51', 'D21S11', 'D5S818', 'D13S317', 'D7S820', 'D16S539', 'CSF1PO', 'D1S1656', 'D2S441', 'D2S1338', 'D8S1179', 'D10S1248', 'D12S391', 'D19S433', 'D22S1045', 'SE33']; // prettier-ignore
const MOST_MEGABYTES = 300;
const LOOK_EVERY_MS = 200;
const LF = 0x0a;

function* writeRows(rows: number): Generator<string> {
  yield `sample_id,${LOCI.join()}\n`;
  for (let row = 0; row < rows; row++) {
    const cells = LOCI.map(
      (_, locus) => `"${10 + ((row + locus) % 9)},${11 + ((row * 7 + locus) % 9)}"`,
    );
    yield `U${row},${cells.join()}\n`;
  }
}

async function send(
  file: string,
  url: URL,
  key: string,
): Promise<{ said: string; megabytes: number; seconds: number }> {
  // prettier-ignore
  const program = fileURLToPath(new URL('../bin/homeward', import.meta.url));
  const begun = performance.now();
  const args = [program, 'intake', file, '--url', url.href, '--side', 'unknowns'];
  const child = spawn(process.execPath, args, {
    env: { ...process.env, HOMEWARD_API_KEY: key },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let megabytes = 0;
  const watch = setInterval(() => {
    if (child.pid !== undefined && child.exitCode === null) megabytes = peakMegabytes(child.pid);
  }, LOOK_EVERY_MS);
  let said = '';
  for await (const chunk of child.stdout) said += String(chunk);
  clearInterval(watch);
  return { said: said.trim(), megabytes, seconds: (performance.now() - begun) / 1_000 };
}

/** Accepts every row of a batch; what it answers is as long as what the service answers. */
const standIn = createServer((request, response) => {
  let rows = -1;
  request.on('data', (chunk: Buffer) => {
    for (const byte of chunk) if (byte === LF) rows++;
  });
  request.on('end', () => {
    const report = { sampleId: 'U1234567', outcome: 'accepted', caseId: 'HW-0000000000', faults: [], notes: [] }; // prettier-ignore
    const receipt = {
      batchId: randomUUID(),
      side: 'unknowns',
      receivedAt: new Date().toISOString(),
      contentHash: '',
      accepted: rows,
      extended: 0,
      unchanged: 0,
      refused: 0,
      rows: Array.from({ length: rows }, (_, place) => ({ row: place + 2, ...report })),
    };
    response.writeHead(201, { 'content-type': 'application/json' }).end(JSON.stringify(receipt));
  });
});

const folder = await mkdtemp(join(tmpdir(), 'homeward-bench-'));
console.log(machine());
const long = join(folder, 'long.csv');
await pipeline(Readable.from(writeRows(LONG)), createWriteStream(long));
await new Promise<void>((resolve) => standIn.listen(0, '127.0.0.1', resolve));
const { port } = standIn.address() as AddressInfo;
const alone = await send(long, new URL(`http://127.0.0.1:${port}`), 'no-key');
standIn.close();
await rm(folder, { recursive: true });
console.log(`to a stand-in: ${alone.said}; ${alone.megabytes.toFixed(0)} MB of the command`);
assert.match(alone.said, new RegExp(`^${LONG} rows in \\d+ batches: ${LONG} accepted`));
assert.ok(alone.megabytes < MOST_MEGABYTES, `${alone.megabytes} MB`);
