import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { format, resolveConfig } from 'prettier';

/**
 * Compiles the search kernel and writes it as a module that any host can import; with `--check` says
 * whether the committed one is what its source makes. AssemblyScript builds byte for byte alike.
 */
const SOURCE = fileURLToPath(new URL('../src/search/kernel/assembly/kernel.ts', import.meta.url));
const MODULE = fileURLToPath(new URL('../src/search/kernel/module.ts', import.meta.url));

const made = await format(
  [
    '/** The kernel as WebAssembly in base64. GENERATED from assembly/ by `npm run kernel`. */',
    `export const KERNEL_MODULE = '${(await compile()).toString('base64')}';`,
  ].join('\n'),
  { ...(await resolveConfig(MODULE)), parser: 'typescript' },
);
const isSame = made === (await readFile(MODULE, 'utf8').catch(() => null));
if (!isSame && process.argv.includes('--check')) {
  console.error('src/search/kernel/module.ts is not what assembly/ makes; run npm run kernel.');
  process.exitCode = 1;
} else if (!isSame) {
  await writeFile(MODULE, made);
}

/** By the compiler's program: its types would redefine those of the language for every file here. */
async function compile(): Promise<Buffer> {
  const folder = await mkdtemp(join(tmpdir(), 'kernel-'));
  try {
    const out = join(folder, 'kernel.wasm');
    const compiler = createRequire(import.meta.url).resolve('assemblyscript/bin/asc.js');
    await promisify(execFile)(process.execPath, [
      ...[compiler, SOURCE, '--outFile', out, '--optimizeLevel', '3', '--noAssert'],
      ...['--runtime', 'stub', '--enable', 'simd,threads', '--importMemory', '--sharedMemory'],
      ...['--initialMemory', '1', '--maximumMemory', '65536'],
    ]);
    return await readFile(out);
  } finally {
    await rm(folder, { recursive: true });
  }
}
