import { KinshipError } from '../../kinship/index.ts';
import { makeReport } from './report-document.ts';
import type { ReportResult } from './report-numbers.ts';
import { writePdf } from './report-pdf.ts';
import type { Language, ReportSource } from './report.schema.ts';

/** A report to be made: a piece of work for a thread. */
export type ReportTask = {
  readonly source: ReportSource;
  readonly result: ReportResult;
  readonly format: 'pdf' | 'json';
  readonly language: Language;
  readonly generatedAt: string;
};

/** What a thread answers. An error loses its class and code on the way out of a thread. */
export type ReportAnswer = { readonly bytes: Uint8Array } | { readonly refusal: string };

/** Makes one report; what does not fit together is said in the answer. */
export async function runReportTask(task: ReportTask): Promise<ReportAnswer> {
  try {
    const document = makeReport(task.source, task.result, task);
    if (task.format === 'pdf') return { bytes: await writePdf(document) };
    return { bytes: Buffer.from(`${JSON.stringify(document, null, 2)}\n`) };
  } catch (error) {
    if (!(error instanceof KinshipError)) throw error;
    return { refusal: error.message };
  }
}
