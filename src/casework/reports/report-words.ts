import type { Say } from './report-terms.ts';
import type { ReportDocument } from './report.schema.ts';

/** The two hypotheses in the language of the report. */
export function describeHypotheses(
  { language, numbers, source }: ReportDocument,
  say: Say,
): { h1: string; h2: string } {
  if (language === 'en') return numbers.hypotheses;
  const [child, ...members] = source.people;
  const counted = members.filter(({ counts }) => counts);
  const person = child?.name ?? '';
  const names = counted.map(({ name }) => name).join('、');
  switch (source.candidate.relationship) {
    case 'same-person':
      return {
        h1: `${names} 与 ${person} 为同一个体或同卵双生子`,
        h2: `${names} 与 ${person} 为无关个体`,
      };
    case 'relatives': {
      const roles = counted.map(({ name, relation }) => `${name}（${say(relation)}）`).join('、');
      return {
        h1: `${person} 是下列亲属所在家庭的子女：${roles}`,
        h2: `${person} 与 ${names} 均为无关个体，后者之间的关系如其所述`,
      };
    }
    default: {
      const roles = counted.map(({ name, relation }) => `${name} 是 ${person} 的生物学${say(relation)}`); // prettier-ignore
      return { h1: roles.join('，'), h2: `${names} 与 ${person} 相互均为无关个体` };
    }
  }
}
