import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { basename, extname } from 'node:path';
import { parse } from 'secure-json-parse';
import type { z } from 'zod';
import type { NamedTable } from '../casework/likelihood-ratios/calculation-document.ts';
import {
  policyDocument,
  type PolicyDocument,
  readPolicyDocument,
} from '../casework/policies/policy.schema.ts';
import { type FamiliasCalculation, fromFamiliasProject } from '../formats/familias-calculation.ts';
import { type FamiliasReading, readFamiliasProject } from '../formats/familias-fam.ts';
import { readFrequencyCsv } from '../formats/frequency-csv.ts';
import { readProfileBlocks } from '../formats/profile-csv.ts';
import type { PersonRow, RowRefusal } from '../formats/row.ts';
import type { FrequencyTable } from '../kinship/index.ts';
import { type ErrorCode, type FieldFault, HomewardError } from '../platform/errors.ts';
import { contentHash } from '../platform/provenance.ts';

/** What a policy file may leave out: no mutation, LR 10,000. */
const DEFAULT_POLICY = { params: { mutation: { model: 'none' } } };

/** The people of a wide CSV, and how many rows were refused; each refusal is said on stderr. */
export async function readPeople(file: string): Promise<{ people: PersonRow[]; refused: number }> {
  const people: PersonRow[] = [];
  let refused = 0;
  try {
    for await (const outcomes of readProfileBlocks(createReadStream(file))) {
      for (const outcome of outcomes) {
        if ('person' in outcome) people.push(outcome.person);
        else {
          refused++;
          complain(file, outcome);
        }
      }
    }
  } catch (error) {
    throw naming(file, error);
  }
  return { people, refused };
}

function complain(file: string, { row, faults }: RowRefusal): void {
  for (const { field, code, message } of faults) {
    const place = field === null ? `row ${row}` : `row ${row}, ${field}`;
    console.error(`${file}: ${place}: ${code}: ${message}`);
  }
}

export async function readTable(file: string): Promise<FrequencyTable> {
  const text = await readText(file);
  try {
    return readFrequencyCsv(text);
  } catch (error) {
    throw naming(file, error);
  }
}

/**
 * The frequencies of several populations, each under the name of its file and the hash of its
 * content. A Familias project brings those of its database.
 */
export async function readNamedTables(files: readonly string[]): Promise<NamedTable[]> {
  const tables: NamedTable[] = [];
  for (const file of files) {
    const named =
      extname(file) === '.fam' ? (await readFamilias(file)).named : await readNamed(file);
    if (tables.some((other) => other.contentHash === named.contentHash)) {
      throw new HomewardError('ARGUMENT_INVALID', `${file}: this frequency table is given twice.`);
    }
    tables.push(named);
  }
  return tables;
}

async function readNamed(file: string): Promise<NamedTable> {
  const hash = contentHash(await readText(file));
  return { name: basename(file), contentHash: hash, table: await readTable(file) };
}

/** A Familias project, as it stands in the file and as the calculation that it describes. */
export type FamiliasFile = FamiliasReading &
  FamiliasCalculation & {
    readonly named: NamedTable;
  };

export async function readFamilias(file: string): Promise<FamiliasFile> {
  const text = await readText(file);
  try {
    const reading = readFamiliasProject(text);
    const described = fromFamiliasProject(reading.project);
    const { table } = described;
    const named = { name: basename(file), contentHash: contentHash(text), table };
    return { ...reading, ...described, named };
  } catch (error) {
    throw naming(file, error);
  }
}

/** A policy from a JSON file, every choice it leaves open at its default. */
export async function readPolicy(file: string | undefined): Promise<PolicyDocument> {
  if (file === undefined) return policyDocument.parse(DEFAULT_POLICY);
  const complaint = `${file} is not a policy that can be used.`;
  return readPolicyDocument(
    parseAs(policyDocument, await readJson(file), 'POLICY_INVALID', complaint),
  );
}

export async function readJson(file: string): Promise<unknown> {
  return parseJson(await readText(file), file);
}

/** What a value says by a schema, or an error with everything that does not fit. */
export function parseAs<Schema extends z.ZodType>(
  schema: Schema,
  value: unknown,
  code: ErrorCode,
  complaint: string,
): z.output<Schema> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues.map(({ path, message }): FieldFault => ({
    field: path.join('.'),
    message,
  }));
  throw new HomewardError(code, complaint, faults);
}

async function readText(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    throw naming(file, error);
  }
}

/**
 * The value that a JSON text describes. A key `__proto__` is refused: whoever reads the value
 * passes over it, so that it could be added to a signed text unseen.
 * @param subject what the text is, as the error names it
 * @throws HomewardError `code`
 */
export function parseJson(
  text: string,
  subject: string,
  code: ErrorCode = 'JSON_MALFORMED',
): unknown {
  try {
    return parse(text);
  } catch (error) {
    const isForbidden = error instanceof Error && error.message.includes('forbidden prototype');
    const fault = isForbidden ? 'has a key that JSON here may not have, __proto__' : 'is not JSON';
    throw new HomewardError(code, `${subject} ${fault}.`);
  }
}

/** An error of reading that says which of the files it is about. */
export function naming(file: string, error: unknown): unknown {
  if (error instanceof HomewardError) {
    return new HomewardError(error.code, `${file}: ${error.message}`, error.faults);
  }
  if (!(error instanceof Error && 'code' in error)) return error;
  return new HomewardError('FILE_NOT_READABLE', `${file} cannot be read: ${String(error.code)}.`);
}
