import { createReadStream, createWriteStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { pipeline } from 'node:stream/promises';
import { caseId, readCase } from '../../formats/case-jsonl.ts';
import { comparePedigrees, KinshipError, type LikelihoodRatio } from '../../kinship/index.ts';
import { HomewardError } from '../../platform/errors.ts';
import { parseJson } from '../input.ts';

/**
 * Computes a file of cases, one JSON object a line, and writes one result a line in the same
 * order. A case that cannot be computed gets its error, and the rest go on. Nothing is kept, so
 * that a file may be as long as it likes.
 * @param out absent: standard output
 * @throws HomewardError FILE_NOT_READABLE
 */
export async function computeCases(file: string, out: string | undefined): Promise<void> {
  const lines = createInterface({ input: createReadStream(file), crlfDelay: Infinity });
  const target = out === undefined ? process.stdout : createWriteStream(out);
  try {
    await pipeline(results(lines), target, { end: out !== undefined });
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw error;
    if (error.code === 'EPIPE') return;
    throw new HomewardError(
      'FILE_NOT_READABLE',
      `${'path' in error ? String(error.path) : file}: ${String(error.code)}.`,
    );
  }
}

async function* results(lines: AsyncIterable<string>): AsyncGenerator<string> {
  for await (const line of lines) {
    if (line.trim() !== '') yield `${JSON.stringify(computeCase(line))}\n`;
  }
}

function computeCase(line: string): object {
  let value: unknown = null;
  try {
    value = parseJson(line.replace(/^\uFEFF/, ''), 'this line');
    const { id, question, loci } = readCase(value);
    const answer = comparePedigrees(question, loci);
    return {
      id,
      ...describe(answer.lrs[0]!),
      loci: answer.loci.map(({ name, lrs }) => ({ name, ...describe(lrs[0]!) })),
    };
  } catch (error) {
    if (!(error instanceof HomewardError || error instanceof KinshipError)) throw error;
    return { id: caseId(value), error: { code: error.code, message: error.message } };
  }
}

function describe(lr: LikelihoodRatio): { log10Lr: number | null; kind: LikelihoodRatio['kind'] } {
  return { log10Lr: lr.kind === 'finite' ? lr.log10Lr : null, kind: lr.kind };
}
