import { formatPosterior, formatRatio, formatSmall } from '../../platform/number-text.ts';
import { writeLoci } from './locus-pages.ts';
import { type Pair, Sheet } from './pdf-sheet.ts';
import { describeKind, describeLog10 } from './ratio-text.ts';
import { describeParameters } from './report-parameters.ts';
import { isTerm, type Say, speak } from './report-terms.ts';
import { describeHypotheses } from './report-words.ts';
import type { ReportDocument, ReportNumbers } from './report.schema.ts';

type Part = (sheet: Sheet, document: ReportDocument, say: Say) => void;

/** In the order in which they are read. */
const PARTS: readonly Part[] = [
  writeOpening,
  writeHypotheses,
  writeResult,
  writePeople,
  writeLoci,
  writeRivals,
  writePopulations,
  writeEvaluation,
  writeThresholds,
  writeDecisions,
  writeParameters,
  writeProvenance,
];

/** A report as a PDF in its language. The same document makes the same bytes. */
export function writePdf(document: ReportDocument): Promise<Uint8Array> {
  const { language, title, notice, generatedAt, hash, source } = document;
  const say = speak(language);
  const { id, revision } = source.candidate;
  const sheet = new Sheet({
    title: `${title} ${id}`,
    language: language === 'zh' ? 'zh-CN' : 'en',
    madeAt: new Date(generatedAt),
  });
  for (const write of PARTS) write(sheet, document, say);
  return sheet.finish({
    header: [`Homeward 归途 · ${title}`, say('reportId', { id, revision })],
    footer: [notice, say('hash', { hash })],
    numbering: (page, pages) => say('page', { page, pages }),
  });
}

function writeOpening(
  sheet: Sheet,
  { title, notice, generatedAt }: ReportDocument,
  say: Say,
): void {
  sheet.title(title);
  sheet.box(notice);
  sheet.pairs([[say('generatedAt'), generatedAt]]);
}

function writeHypotheses(sheet: Sheet, document: ReportDocument, say: Say): void {
  const { h1, h2 } = describeHypotheses(document, say);
  sheet.heading(say('hypotheses'));
  sheet.paragraph(`H1: ${h1}`);
  sheet.paragraph(`H2: ${h2}`);
}

function writeResult(sheet: Sheet, { source, numbers }: ReportDocument, say: Say): void {
  const { likelihoodRatio: ratio, whole } = numbers;
  const { lapsedAt } = source.candidate;
  sheet.heading(say('result'));
  sheet.pairs([
    [say('combinedLr'), ratio.decimal ?? describeKind(ratio, say)],
    [say('log10Lr'), ratio.log10Lr === null ? describeKind(ratio, say) : String(ratio.log10Lr)],
    [say('lociCompared'), String(ratio.lociCompared)],
    [say('lociInconsistent'), String(ratio.lociInconsistent)],
  ]);
  sheet.paragraph(explain(ratio, say));
  if (whole && source.candidate.relationship !== 'same-person') {
    const inconsistent = whole.lociInconsistent;
    sheet.paragraph(say('wholeFails', { log10Lr: describeLog10(whole, say), inconsistent }));
  }
  if (lapsedAt !== null) sheet.paragraph(say('lapsed', { at: lapsedAt }));
}

function explain({ kind, decimal }: ReportNumbers['likelihoodRatio'], say: Say): string {
  switch (kind) {
    case 'finite':
      return say('finite', { lr: decimal ?? '' });
    case 'excluded':
      return say('whyExcluded');
    case 'infinite':
      return say('whyInfinite');
    case 'undefined':
      return say('whyUndefined');
  }
}

function writePeople(sheet: Sheet, { source }: ReportDocument, say: Say): void {
  sheet.heading(say('people'));
  sheet.table(
    [
      { head: say('sample') },
      { head: say('relation') },
      { head: say('lociTyped'), align: 'right' },
      { head: say('countsInLr') },
    ],
    source.people.map(({ name, relation, counts, genotypes }) => ({
      cells: [
        name,
        say(relation),
        String(Object.keys(genotypes).length),
        say(counts ? 'yes' : 'no'),
      ],
    })),
  );
  const { openFindings: count = 0 } = source;
  if (count > 0) sheet.note(say('openFindings', { count }));
}

/** Relatives beside one another. */
const RIVALS_A_TABLE = 4;

function writeRivals(sheet: Sheet, { numbers: { rivals } }: ReportDocument, say: Say): void {
  sheet.heading(say('rivals'));
  sheet.note(say(rivals.length > 0 ? 'rivalsNote' : 'noRivals'));
  for (let at = 0; at < rivals.length; at += RIVALS_A_TABLE) {
    const some = rivals.slice(at, at + RIVALS_A_TABLE);
    const relationships = some[0]?.relationships.map(({ relationship }) => relationship) ?? [];
    const what = `${say('log10Lr')} (${say('lociInconsistent')})`;
    sheet.table(
      [
        { head: say('relationship') },
        ...some.map(({ relative }) => ({ head: `${relative}\n${what}`, align: 'right' as const })),
      ],
      relationships.map((relationship, place) => ({
        cells: [
          say(relationship),
          ...some.map(({ relationships: ofRelative }) => {
            const rival = ofRelative[place];
            return rival ? `${describeLog10(rival, say)} (${rival.lociInconsistent})` : '';
          }),
        ],
      })),
    );
  }
}

function writePopulations(sheet: Sheet, { source, numbers }: ReportDocument, say: Say): void {
  const { populations } = numbers;
  sheet.heading(say('populations'));
  sheet.note(say(populations.length > 1 ? 'populationsNote' : 'onePopulation'));
  sheet.table(
    [
      { head: say('population') },
      { head: say('lr'), align: 'right' },
      { head: say('log10Lr'), align: 'right' },
      { head: say('lociInconsistent'), align: 'right' },
    ],
    populations.map((population) => {
      const { name, isOfPolicy, problem, log10Lr, lociInconsistent, lociCompared } = population;
      const called = isOfPolicy ? `${name} (${say('ofPolicy')})` : name;
      if (problem !== null)
        return { cells: [`${called}: ${say('notComputed', { problem })}`, '', '', ''] };
      const lr = log10Lr === null ? describeKind(population, say) : formatRatio(log10Lr, 6);
      const counts = say('ofLoci', { inconsistent: lociInconsistent, compared: lociCompared });
      return { cells: [called, lr, log10Lr?.toFixed(4) ?? '', counts] };
    }),
  );
  const { tablesLeftOut: count } = source;
  if (count > 0) sheet.note(say('tablesLeftOut', { count }));
}

function writeEvaluation(sheet: Sheet, { source, numbers }: ReportDocument, say: Say): void {
  const { priorInDatabase: prior, priorOfFamily, posterior, expectedChanceCandidates } = numbers.evaluation; // prettier-ignore
  const { families, unknowns, pairs } = source.database;
  sheet.heading(say('evaluation'));
  sheet.pairs([[say('posterior'), formatPosterior(posterior)]]);
  sheet.note(say('posteriorNote', { prior, families, each: formatSmall(priorOfFamily) }));
  sheet.pairs([[say('chance'), formatSmall(expectedChanceCandidates)]]);
  sheet.note(say('chanceNote', { pairs, unknowns }));
}

function writeThresholds(sheet: Sheet, { source, numbers }: ReportDocument, say: Say): void {
  const { reachesThreshold } = numbers.likelihoodRatio;
  const { threshold } = source.policy.document;
  const reaches = say(reachesThreshold ? 'doesReach' : 'failsToReach');
  sheet.heading(say('thresholds'));
  sheet.paragraph(say('support', { threshold, reaches }));
  sheet.paragraph(say('exclusion'));
}

function writeDecisions(sheet: Sheet, { source }: ReportDocument, say: Say): void {
  const { decisions, candidate } = source;
  sheet.heading(say('decisions'));
  sheet.pairs([[say('state'), say(candidate.state)]]);
  if (decisions.length === 0) {
    sheet.paragraph(say('noDecisions'));
    return;
  }
  sheet.table(
    [
      { head: say('verdict') },
      { head: say('analyst') },
      { head: say('decidedAt') },
      { head: say('aboutRevision'), align: 'right' },
      { head: say('log10Lr'), align: 'right' },
    ],
    decisions.map(({ verdict, analyst, decidedAt, revision, log10Lr }) => ({
      cells: [
        describeVerdict(verdict, say),
        analyst,
        decidedAt,
        String(revision),
        log10Lr.toFixed(4),
      ],
    })),
  );
}

/** Verdicts may come that have no term yet. */
function describeVerdict(name: string, say: Say): string {
  return isTerm(name) ? say(name) : name;
}

function writeParameters(sheet: Sheet, { source }: ReportDocument, say: Say): void {
  sheet.heading(say('parameters'));
  sheet.pairs(describeParameters(source.policy.document, say));
}

function writeProvenance(sheet: Sheet, { source }: ReportDocument, say: Say): void {
  const { engineVersion, candidate, policy, frequencyTables, people } = source;
  sheet.heading(say('provenance'));
  sheet.pairs([
    [say('engineVersion'), engineVersion],
    [say('computedAt'), candidate.computedAt],
    [say('policy'), `${policy.name}, ${policy.id}`],
    [say('policyHash'), policy.contentHash],
    ...frequencyTables.map(({ name, contentHash }): Pair => [say('tableHash'), `${name}, ${contentHash}`]), // prettier-ignore
    ...people.map(({ name, profileId }): Pair => [say('profilesUsed', { name }), profileId]),
  ]);
  sheet.note(say('replayNote'));
}
