import t from 'tap';
import { readCase } from '../../src/formats/case-jsonl.ts';
import {
  comparePedigrees,
  type LikelihoodRatio,
  type UntypedParent,
} from '../../src/kinship/index.ts';
import { readCases, type ReferenceCase } from './case-file.ts';

const RELATIVE = 1e-9;

const { folder, cases } = readCases();

for (const untypedParent of ['mutates', 'population'] as const) {
  t.test(`every locus of every case agrees, an untyped parent read as "${untypedParent}"`, (t) => {
    let compared = 0;
    for (const one of cases) compared += compareCase(t, one, untypedParent);
    t.ok(compared > 100, `${compared} loci of ${cases.length} cases compared, from ${folder}`);
    t.end();
  });
}

function compareCase(
  t: { fail: (message: string) => void },
  one: ReferenceCase,
  untypedParent: UntypedParent,
): number {
  // prettier-ignore
  const { question, loci } = readCase({ ...one, params: { ...one.params, untypedParent } });
  const answer = comparePedigrees(question, loci);
  let compared = 0;
  one.loci.forEach(({ name, LR, LR_pruned }, place) => {
    // Where no other reading was computed there is nothing to compare with.
    const expected = untypedParent === 'mutates' ? LR : LR_pruned;
    if (expected === undefined) return;
    compared++;
    const actual = toNumber(answer.loci[place]!.lrs[0]!);
    if (Math.abs(actual - expected) <= RELATIVE * Math.abs(expected)) return;
    t.fail(`${one.id} ${name} (${untypedParent}): ${actual}, not ${expected}`);
  });
  return compared;
}

function toNumber(lr: LikelihoodRatio): number {
  return { finite: () => 10 ** (lr as { log10Lr: number }).log10Lr, excluded: () => 0, infinite: () => Infinity, undefined: () => NaN }[lr.kind](); // prettier-ignore
}
