import { KinshipError } from '../../kinship/index.ts';
import { makeReport } from './report-document.ts';
import { computePopulations, type ReportResult } from './report-numbers.ts';
import { writePdf } from './report-pdf.ts';
import type { Language, ReportNumbers, ReportSource } from './report.schema.ts';

/** What is known of a candidate. */
type Material = { readonly source: ReportSource; readonly result: ReportResult };

/** A report to be made: a piece of work for a thread. */
export type ReportTask = Material & {
  readonly format: 'pdf' | 'json';
  readonly language: Language;
  readonly generatedAt: string;
};

/** Its populations alone. */
export type PopulationsTask = Material & { readonly format: 'populations' };

/** What a thread answers. An error loses its class and code on the way out of a thread. */
export type Answer<Result> = Result | { readonly refusal: string };
export type ReportAnswer = { readonly bytes: Uint8Array };
export type PopulationsAnswer = Pick<ReportNumbers, 'populations' | 'evaluation'>;

/** Makes one report, or a part of it; what does not fit together is said in the answer. */
export async function runReportTask(
  task: ReportTask | PopulationsTask,
): Promise<Answer<ReportAnswer | PopulationsAnswer>> {
  try {
    if (task.format === 'populations') return computePopulations(task.source, task.result);
    const document = makeReport(task.source, task.result, task);
    if (task.format === 'pdf') return { bytes: await writePdf(document) };
    return { bytes: Buffer.from(`${JSON.stringify(document, null, 2)}\n`) };
  } catch (error) {
    if (!(error instanceof KinshipError)) throw error;
    return { refusal: error.message };
  }
}
