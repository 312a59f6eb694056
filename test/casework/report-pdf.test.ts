import t from 'tap';
import { extractText, getDocumentProxy } from 'unpdf';
import type { Relation } from '../../src/formats/relation.ts';
import type { Profile } from '../../src/kinship/index.ts';
import { makeReport } from '../../src/casework/reports/report-document.ts';
import { writePdf } from '../../src/casework/reports/report-pdf.ts';
import type { Language, ReportDocument } from '../../src/casework/reports/report.schema.ts';
import { makeCase, readDemoPeople, type ReportCase } from './report-sources.ts';

const people = await readDemoPeople();
const profileOf = (id: string): Profile => people.get(id)!;

function draw(reportCase: ReportCase, language: Language): ReportDocument {
  const { source, result } = makeCase(reportCase)!;
  return makeReport(source, result, { language, generatedAt: '2026-02-03T04:05:06.789Z' });
}

/** The text of each page, blanks and line ends as one blank. */
async function readPages(pdf: Uint8Array): Promise<string[]> {
  const { text } = await extractText(await getDocumentProxy(new Uint8Array(pdf)));
  return text.map((page) => page.replace(/\s+/g, ' '));
}

const DECISION = {
  ...{ verdict: 'excluded', analyst: '4a5f3a52-0000-4000-8000-000000000000', revision: 3 },
  ...{ decidedAt: '2026-01-01T00:00:00.000Z', log10Lr: 28 },
};

const COUPLE: ReportCase = {
  child: ['U0070', profileOf('U0070')],
  family: [
    ['F0186f', 'father', profileOf('F0186f')],
    ['F0186m', 'mother', profileOf('F0186m')],
  ],
  decisions: [DECISION],
};

const WORDS: Readonly<Record<Language, readonly string[]>> = {
  en: [
    'Candidate report',
    'A lead, not an identification, until re-sampling confirms it.',
    'H1: F0186f is the father and F0186m is the mother of U0070',
    'H2: F0186f, F0186m, U0070: all unrelated',
    'What is seen is 3.082745333e+28 times as probable under H1 as under H2.',
    'parent and child',
    'nist1036_all (of the policy)',
    'Candidate: combined LR of at least 10000. This one reaches it.',
    'excluded 4a5f3a52-0000-4000-8000-000000000000',
    'stepwise, extended',
  ],
  zh: [
    '候选比中报告',
    '本报告仅为线索，不是身份认定；须经重新采样复核确认。',
    'H1: F0186f 是 U0070 的生物学父亲，F0186m 是 U0070 的生物学母亲',
    'H2: F0186f、F0186m 与 U0070 相互均为无关个体',
    '在 H1 下观察到上述分型的概率是在 H2 下的 3.082745333e+28 倍。',
    '叔姑舅姨与侄甥',
    'nist1036_all (比对策略所用)',
    '候选：累积似然比不低于 10000。本候选达到该阈值。',
    '排除 4a5f3a52-0000-4000-8000-000000000000',
    '逐步（扩展）',
  ],
};

for (const language of ['en', 'zh'] as const) {
  t.test(`a report can be read and copied: ${language}`, async (t) => {
    const document = draw(COUPLE, language);
    const pages = await readPages(await writePdf(document));
    const text = pages.join(' ');
    for (const words of WORDS[language]) t.ok(text.includes(words), words);
    t.ok(text.includes('28.488937649006644'), 'log10 LR in full');
    for (const { locus, log10Lr } of document.numbers.likelihoodRatio.loci) {
      t.ok(text.includes(locus) && text.includes(log10Lr!.toFixed(4)), locus);
    }
    t.ok(pages.length > 1);
    pages.forEach((page, place) => {
      const number = language === 'en' ? `Page ${place + 1} of ${pages.length}` : `第 ${place + 1} 页，共 ${pages.length} 页`; // prettier-ignore
      for (const words of [number, document.hash, document.source.candidate.id, document.notice]) {
        t.ok(page.includes(words), `page ${place + 1}: ${words}`);
      }
    });
    t.notMatch(text, /[〓\ufffd]/, 'the font has every character');
  });
}

t.test('open findings of its people are named, and in the hash', async (t) => {
  const { source, result } = makeCase(COUPLE)!;
  for (const [language, words] of [
    ['en', 'of these people: 2.'],
    ['zh', '另有 2 项待查发现'],
  ] as const) {
    const how = { language, generatedAt: '2026-02-03T04:05:06.789Z' };
    const drawn = makeReport({ ...source, openFindings: 2 }, result, how);
    t.not(drawn.hash, draw(COUPLE, language).hash);
    t.ok((await readPages(await writePdf(drawn))).join(' ').includes(words), words);
  }
});

t.test('the same report is the same file', async (t) => {
  const document = draw(COUPLE, 'zh');
  const first = Buffer.from(await writePdf(document));
  const again = Buffer.from(await writePdf(draw(COUPLE, 'zh')));
  t.ok(first.equals(again), `${first.length} bytes`);
  t.ok(first.length < 200_000, 'only the characters that are used are in it');
  const later = { ...document, generatedAt: '2026-02-03T04:05:07.000Z' };
  t.notOk(first.equals(Buffer.from(await writePdf(later))));
});

const RELATIONS: readonly Relation[] = ['mother', 'sibling', 'paternal-half-sibling', 'maternal-half-sibling', 'paternal-grandfather', 'paternal-uncle', 'maternal-aunt']; // prettier-ignore

t.test('a wide family stands in several tables, whose heads stand on every page', async (t) => {
  const family = RELATIONS.map((relation, place) => {
    const profile = profileOf(relation === 'mother' ? 'F0186m' : 'F0186f');
    return [`川-${place}-with-a-code-as-long-as-codes-can-be`, relation, profile] as const;
  });
  const document = draw({ ...COUPLE, family, policy: { threshold: 1 } }, 'en');
  t.equal(document.source.candidate.relationship, 'relatives');
  const pages = await readPages(await writePdf(document));
  const text = pages.join(' ').replaceAll(' ', '');
  for (const [code] of family) t.ok(text.includes(code), code);
  t.match(text, 'furtherrelatives');
  const isOfTable = (page: string): boolean => /\bTH01\b|\bFGA\b|\bvWA\b/.test(page);
  const withLoci = pages.filter(isOfTable);
  t.ok(withLoci.length > 1);
  for (const page of withLoci) t.match(page, 'person of unknown origin', 'a head');
});

t.test('a character that the font lacks is marked', async (t) => {
  const pages = await readPages(
    await writePdf(draw({ ...COUPLE, child: ['U𠮷1', profileOf('U0070')] }, 'en')),
  );
  t.match(pages[0], 'mother of U〓1');
});
