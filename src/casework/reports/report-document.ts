import { canonicalJson, contentHash } from '../../platform/provenance.ts';
import { computeNumbers, type ReportResult } from './report-numbers.ts';
import { speak } from './report-terms.ts';
import type { Language, ReportDocument, ReportNumbers, ReportSource } from './report.schema.ts';

/**
 * The report of a candidate: everything that is said of it, in one document. The same source and
 * result make the same document.
 * @param generatedAt ISO 8601, UTC; no part of the hash
 * @throws HomewardError for a source that cannot be read
 */
export function makeReport(
  source: ReportSource,
  result: ReportResult,
  { language, generatedAt }: { language: Language; generatedAt: string },
): ReportDocument {
  const numbers = computeNumbers(source, result);
  const sections = hashSections(source, numbers);
  const say = speak(language);
  return {
    format: 'homeward-report',
    language,
    title: say('title'),
    notice: say('notice'),
    generatedAt,
    hash: hashOf(sections),
    sections,
    source,
    numbers,
  };
}

/** The hash of every part, by its place, so that whoever compares can say which one was changed. */
export function hashSections(
  source: ReportSource,
  numbers: ReportNumbers,
): ReportDocument['sections'] {
  const parts = Object.entries({ source, numbers }).flatMap(([whole, part]) =>
    Object.entries(part).map(([name, value]): [string, unknown] => [`${whole}.${name}`, value]),
  );
  return Object.fromEntries(
    parts.map(([name, value]) => [name, contentHash(canonicalJson(value))]),
  );
}

/** SHA-256 of the hashes of all parts. */
export function hashOf(sections: ReportDocument['sections']): string {
  return contentHash(canonicalJson(sections));
}
