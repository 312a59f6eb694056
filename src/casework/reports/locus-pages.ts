import { formatRatio } from '../../platform/number-text.ts';
import { describeKind } from './ratio-text.ts';
import type { Column, Row, Sheet } from './pdf-sheet.ts';
import { isTerm, type Say } from './report-terms.ts';
import type { LocusReport, ReportDocument, ReportPerson } from './report.schema.ts';

/** Relatives beside the LR, and in a table of their own. */
const BESIDE_LR = 4;
const A_TABLE = 7;

/** The loci with the genotypes of everybody whom the LR rests on; further relatives in further tables. */
export function writeLoci(sheet: Sheet, { source, numbers }: ReportDocument, say: Say): void {
  const { loci, omitted } = numbers.likelihoodRatio;
  const [child, ...members] = source.people;
  const counted = members.filter(({ counts }) => counts);
  const people = [...(child ? [child] : []), ...counted.slice(0, BESIDE_LR)];
  sheet.heading(say('loci'));
  sheet.table(
    [
      { head: say('locus') },
      ...people.map((person) => personColumn(person, say)),
      { head: say('lr'), align: 'right' },
      { head: say('log10Lr'), align: 'right' },
      { head: say('fit') },
    ],
    loci.map((locus) => describeLocus(locus, people, say)),
  );
  sheet.note(say('lociNote'));
  for (let at = BESIDE_LR; at < counted.length; at += A_TABLE) {
    const further = [...(child ? [child] : []), ...counted.slice(at, at + A_TABLE)];
    sheet.heading(say('lociAlso'));
    sheet.table(
      [{ head: say('locus') }, ...further.map((person) => personColumn(person, say))],
      loci.map(({ locus }) => ({ cells: [locus, ...genotypesAt(locus, further, say)] })),
    );
  }
  if (omitted.length === 0) return;
  sheet.heading(say('omitted'));
  sheet.table(
    [{ head: say('locus') }, { head: say('reason') }],
    omitted.map(({ locus, reason }) => ({
      cells: [locus, isTerm(reason) ? say(reason) : reason],
    })),
  );
}

function personColumn({ name, relation }: ReportPerson, say: Say): Column {
  return { head: `${name}\n${say(relation)}` };
}

function describeLocus(report: LocusReport, people: readonly ReportPerson[], say: Say): Row {
  const { locus, log10Lr, notCounted, reading } = report;
  const numbers =
    log10Lr === null
      ? [describeKind(report, say), '']
      : [formatRatio(log10Lr, 4), log10Lr.toFixed(4)];
  const left = notCounted.length > 0 ? [say('notCounted', { names: notCounted.join(', ') })] : [];
  return {
    cells: [
      locus,
      ...genotypesAt(locus, people, say),
      ...numbers,
      [describeFit(report, say), ...left].join('; '),
    ],
    isMarked: reading !== 'consistent',
  };
}

function describeFit({ reading, steps }: LocusReport, say: Say): string {
  const fit = say(reading);
  if (reading !== 'mutation' && reading !== 'mutation-or-silent') return fit;
  if (steps === null) return `${fit}, ${say('noSteps')}`;
  return `${fit}, ${steps === 1 ? say('oneStep') : say('steps', { steps })}`;
}

function genotypesAt(locus: string, people: readonly ReportPerson[], say: Say): string[] {
  return people.map(({ genotypes }) => genotypes[locus]?.join(', ') ?? say('notTyped'));
}
