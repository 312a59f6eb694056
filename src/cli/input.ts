import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { policyDocument, type PolicyDocument } from '../casework/policies/policy.schema.ts';
import { readFrequencyCsv } from '../formats/frequency-csv.ts';
import { readProfileCsv } from '../formats/profile-csv.ts';
import type { PersonRow } from '../formats/row.ts';
import type { FrequencyTable } from '../kinship/index.ts';
import { HomewardError } from '../platform/errors.ts';

/** What a policy file may leave out: no mutation, LR 10,000. */
const DEFAULT_POLICY = { params: { mutation: { model: 'none' } } };

/** The people of a wide CSV, and how many rows were refused; each refusal is said on stderr. */
export async function readPeople(file: string): Promise<{ people: PersonRow[]; refused: number }> {
  const people: PersonRow[] = [];
  let refused = 0;
  try {
    for await (const outcome of readProfileCsv(createReadStream(file))) {
      if ('person' in outcome) {
        people.push(outcome.person);
        continue;
      }
      refused++;
      for (const { field, code, message } of outcome.faults) {
        console.error(
          `${file}: row ${outcome.row}${field === null ? '' : `, ${field}`}: ${code}: ${message}`,
        );
      }
    }
  } catch (error) {
    throw naming(file, error);
  }
  return { people, refused };
}

export async function readTable(file: string): Promise<FrequencyTable> {
  const text = await readText(file);
  try {
    return readFrequencyCsv(text);
  } catch (error) {
    throw naming(file, error);
  }
}

/** A policy from a JSON file, every choice it leaves open at its default. */
export async function readPolicy(file: string | undefined): Promise<PolicyDocument> {
  if (file === undefined) return policyDocument.parse(DEFAULT_POLICY);
  const parsed = policyDocument.safeParse(parseJson(file, await readText(file)));
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues.map(({ path, message }) => ({
    field: path.join('.'),
    message,
  }));
  throw new HomewardError('POLICY_INVALID', `${file} is not a policy that can be used.`, faults);
}

async function readText(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    throw naming(file, error);
  }
}

function parseJson(file: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new HomewardError('JSON_MALFORMED', `${file} is not JSON.`);
  }
}

/** An error of reading that says which of the files it is about. */
function naming(file: string, error: unknown): unknown {
  if (error instanceof HomewardError) {
    return new HomewardError(error.code, `${file}: ${error.message}`, error.faults);
  }
  if (!(error instanceof Error && 'code' in error)) return error;
  return new HomewardError('FILE_NOT_READABLE', `${file} cannot be read: ${String(error.code)}.`);
}
