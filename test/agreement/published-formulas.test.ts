import t from 'tap';
import {
  comparePedigrees,
  familyHypotheses,
  type Hypothesis,
  makeAlleleModel,
  type Observation,
  relationshipHypothesis,
  type Relative,
  unrelatedHypothesis,
} from '../../src/kinship/index.ts';
import { alleles, isClose, tableOf } from '../kinship/small-table.ts';

// Source of all formulas: C. H. Brenner, DNA-VIEW, «Formulas for paternity situations» and
// «Likelihood ratios for sibship and half-sibship», dna-view.com/patform.htm and /sibfmla.htm.

const [p, q, r, s] = [0.1, 0.2, 0.15, 0.05];
/** Alleles named as the source names them. */
const NAMES: Readonly<Record<string, string>> = { p: '8', q: '9', r: '10', s: '11' };
const TABLE = tableOf({ 8: p, 9: q, 10: r, 11: s, 12: 1 - p - q - r - s });

/** LR of each hypothesis against the last, for genotypes written `pq`; one letter is one allele seen. */
function ratios(
  hypotheses: readonly Hypothesis[],
  genotypes: Readonly<Record<string, string>>,
  silentFrequency = 0,
): number[] {
  const observations = new Map(
    Object.entries(genotypes).map(([id, written]): [string, Observation[]] => {
      const [first, second = first] = Array.from(written, (name) =>
        TABLE.alleles.indexOf(alleles(NAMES[name]!)[0]!),
      );
      return [id, [{ seen: 'two', alleles: [first!, second!], dropOut: 0 }]];
    }),
  );
  const silent = silentFrequency > 0 ? [{ frequency: silentFrequency, shownToSome: false }] : [];
  const model = makeAlleleModel(TABLE, { model: 'none' }, silent);
  const typed = new Set(observations.keys());
  const question = { hypotheses, typed, theta: 0, untypedParent: 'mutates' } as const;
  const { lrs } = comparePedigrees(question, [{ name: 'D3S1358', model, observations }]);
  return lrs.map((lr) =>
    lr.kind === 'finite' ? 10 ** lr.log10Lr : lr.kind === 'excluded' ? 0 : NaN,
  );
}

t.test('full siblings, half siblings and strangers, as DNA-VIEW has them', (t) => {
  const hypotheses = [
    relationshipHypothesis('full-siblings', 'a', 'b'),
    relationshipHypothesis('maternal-half-siblings', 'a', 'b'),
    unrelatedHypothesis('a', 'b'),
  ];
  const published: [a: string, b: string, full: number, half: number, unrelated: number][] = [
    ['pq', 'pq', 1 + p + q + 2 * p * q, p + q + 4 * p * q, 8 * p * q],
    ['p', 'p', (1 + p) ** 2, 2 * p * (1 + p), (2 * p) ** 2],
    ['p', 'pq', 1 + p, 1 + 2 * p, 4 * p],
    ['pq', 'pr', 1 + 2 * p, 1 + 4 * p, 8 * p],
    ['pq', 'rs', 1, 2, 4],
    ['p', 'rs', 1, 2, 4],
    ['p', 'r', 1, 2, 4],
  ];
  for (const [a, b, full, half, unrelated] of published) {
    const [ofFull, ofHalf] = ratios(hypotheses, { a, b });
    isClose(t, ofFull!, full / unrelated, `${a} and ${b}, full siblings`);
    isClose(t, ofHalf!, half / unrelated, `${a} and ${b}, half siblings`);
  }
  t.end();
});

const FATHER: Relative = { id: 'man', relation: 'father' };
const MOTHER: Relative = { id: 'mother', relation: 'mother' };

/** The man as father against a man unknown, the mother undisputed where she is typed. */
function paternity(child: string, mother: string | null, man: string, silent = 0): number {
  if (mother === null) {
    const { h1, h2 } = familyHypotheses('child', [FATHER]);
    return ratios([h1, h2], { child, man }, silent)[0]!;
  }
  const { pedigree } = familyHypotheses('child', [FATHER, MOTHER]).h1;
  const notHis = pedigree.map((one) => (one.id === 'child' ? { ...one, father: null } : one));
  const hypotheses = [
    { text: 'the man is the father', pedigree },
    { text: 'the father is unknown', pedigree: notHis },
  ];
  return ratios(hypotheses, { child, mother, man }, silent)[0]!;
}

t.test('paternity without silent alleles', (t) => {
  const published: [child: string, mother: string | null, man: string, lr: number][] = [
    ['q', 'pq', 'q', 1 / q],
    ['pq', 'p', 'q', 1 / q],
    ['q', 'q', 'q', 1 / q],
    ['pq', 'p', 'qr', 1 / (2 * q)],
    ['q', 'q', 'qr', 1 / (2 * q)],
    ['pq', 'pq', 'pq', 1 / (p + q)],
    ['pq', 'pq', 'q', 1 / (p + q)],
    ['pq', 'pq', 'qr', 1 / (2 * p + 2 * q)],
    ['q', 'pq', 'r', 0],
    ['pq', 'p', 'r', 0],
    ['q', null, 'q', 1 / q],
    ['pq', null, 'q', 1 / (2 * q)],
    ['q', null, 'qr', 1 / (2 * q)],
    ['pq', null, 'pq', (p + q) / (4 * p * q)],
    ['pq', null, 'qr', 1 / (4 * q)],
    ['q', null, 'r', 0],
  ];
  for (const [child, mother, man, lr] of published) {
    isClose(t, paternity(child, mother, man), lr, `${child}, ${mother ?? '-'}, ${man}`);
  }
  t.end();
});

t.test('paternity with silent alleles', (t) => {
  const o = 0.02;
  // The source's p, q and r are frequencies beside the silent allele's.
  const [P, Q, R] = [p, q, r].map((frequency) => frequency * (1 - o)) as [number, number, number];
  const [q1, q2, r2] = [Q + o, Q + 2 * o, R + 2 * o];
  const published: [child: string, mother: string | null, man: string, lr: number][] = [
    ['q', 'pq', 'q', 1 / q1],
    ['q', 'p', 'q', q1 / q2 / Q],
    ['pq', 'p', 'q', q1 / q2 / Q],
    ['pq', 'p', 'qr', 1 / (2 * Q)],
    ['q', 'p', 'qr', 1 / (2 * Q)],
    ['q', 'pq', 'qr', 1 / (2 * q1)],
    ['q', 'q', 'qr', 1 / (2 * (q1 - o ** 2 / q2))],
    ['pq', 'pq', 'pq', 1 / (P + Q)],
    ['pq', 'pq', 'q', q1 / q2 / (P + Q)],
    ['q', 'pq', 'r', o / (q1 * r2)],
    ['q', null, 'q', (1 + (o * (1 - o / q2)) / Q) / q2],
    ['pq', null, 'q', q1 / q2 / (2 * Q)],
    ['q', null, 'r', o / (q2 * r2)],
  ];
  for (const [child, mother, man, lr] of published) {
    isClose(t, paternity(child, mother, man, o), lr, `${child}, ${mother ?? '-'}, ${man}`);
  }
  t.end();
});
