import { rename, rm, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import {
  type NamedTable,
  planCalculation,
} from '../../casework/likelihood-ratios/calculation-document.ts';
import type {
  CalculationDocument,
  CalculationInput,
} from '../../casework/likelihood-ratios/calculation.schema.ts';
import { writeCase } from '../../formats/case-writer.ts';
import { toFamiliasProject } from '../../formats/familias-calculation.ts';
import { writeFamiliasProject } from '../../formats/familias-fam-writer.ts';
import { HomewardError } from '../../platform/errors.ts';
import type { LrOptions } from './options.ts';

/** A file to write, with all of its text. */
export type OutputFile = { readonly path: string; readonly text: string };

/**
 * The files that the options ask for.
 * @throws HomewardError CALCULATION_INVALID, CASE_INVALID for what a format cannot hold
 */
export function writeOutputs(
  { json, exportCase, exportFam }: LrOptions,
  tables: readonly NamedTable[],
  document: CalculationDocument,
): OutputFile[] {
  const { calculation, inputHash } = document;
  const paths = [json, exportCase, exportFam].filter((path) => path !== undefined);
  if (new Set(paths).size < paths.length) {
    throw new HomewardError('ARGUMENT_INVALID', 'Two outputs would go into one file.');
  }
  const files: OutputFile[] = [];
  if (json !== undefined) {
    files.push({ path: json, text: `${JSON.stringify(document, null, 2)}\n` });
  }
  if (exportCase !== undefined) {
    files.push({ path: exportCase, text: writeCases(calculation, tables, inputHash) });
  }
  if (exportFam !== undefined) {
    files.push({ path: exportFam, text: writeFam(calculation, tables) });
  }
  return files;
}

/** A line for each population and each hypothesis that is weighed against the last. */
function writeCases(
  calculation: CalculationInput,
  tables: readonly NamedTable[],
  inputHash: string,
): string {
  const lines = planCalculation(calculation, tables).flatMap(({ named, task }) => {
    const { hypotheses } = task.calculation;
    return hypotheses.slice(0, -1).map((hypothesis, place) => {
      const pair = { ...task.calculation, hypotheses: [hypothesis, hypotheses.at(-1)!] };
      const id = `${inputHash.slice(0, 12)} ${named.name} H${place + 1}`;
      return writeCase(id, pair, task.parameters, named.table);
    });
  });
  return lines.map((line) => `${JSON.stringify(line)}\n`).join('');
}

function writeFam(calculation: CalculationInput, tables: readonly NamedTable[]): string {
  const [planned, ...others] = planCalculation(calculation, tables);
  if (!planned || others.length > 0) {
    throw new HomewardError(
      'ARGUMENT_INVALID',
      'A Familias project has one population: give one file of --frequencies with --export-fam.',
    );
  }
  const { named, task } = planned;
  return writeFamiliasProject(
    toFamiliasProject(named.name, task.calculation, task.parameters, named.table),
  );
}

/**
 * Writes files whole or not at all: beside their place first, and moved there when all are
 * written. What stood there before is replaced.
 * @throws HomewardError FILE_NOT_WRITABLE
 */
export async function saveFiles(files: readonly OutputFile[]): Promise<void> {
  const written: { readonly from: string; readonly to: string }[] = [];
  try {
    for (const { path, text } of files) {
      await naming(path, async () => {
        // A pipe or a device cannot be replaced.
        const from = (await isReplaceable(path))
          ? join(dirname(path), `.${basename(path)}.${process.pid}.tmp`)
          : path;
        if (from !== path) written.push({ from, to: path });
        await writeFile(from, text);
      });
    }
    for (const { from, to } of written) await naming(to, () => rename(from, to));
  } finally {
    for (const { from } of written) await rm(from, { force: true });
  }
}

async function isReplaceable(path: string): Promise<boolean> {
  const found = await stat(path).catch(() => undefined);
  return found === undefined || found.isFile();
}

async function naming(path: string, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw error;
    throw new HomewardError(
      'FILE_NOT_WRITABLE',
      `${path} cannot be written: ${String(error.code)}.`,
    );
  }
}
