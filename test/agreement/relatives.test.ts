import t from 'tap';
import {
  compareRivals,
  FamilyRatios,
  type LikelihoodRatio,
  type Locus,
  type UntypedParent,
} from '../../src/kinship/index.ts';
import {
  type CaseLocus,
  readCases,
  readGenotypes,
  readModels,
  type ReferenceCase,
} from './case-file.ts';

const RELATIVE = 1e-9;

const { folder, cases } = readCases();

/** A, who is related, and B, of whom it is asked: by what the cases call it. */
const RIVALS = {
  'A and B are full-sibs': 'full-siblings',
  'A and B are half-sibs-paternal': 'paternal-half-siblings',
  'A and B are avuncular': 'avuncular',
  'A and B are the same person (or monozygotic twins)': 'identical',
} as const;

/** A family keeps its tree under H2: the cases, in which A is drawn there, say so of a grandparent. */
const RELATIONS = { 'A and B are grandparent-grandchild': 'paternal-grandfather' } as const;
/** And of these where untyped parents are pruned. */
const PRUNED_RELATIONS = {
  ...RELATIONS,
  'A and B are full-sibs': 'sibling',
  'A and B are half-sibs-paternal': 'paternal-half-sibling',
  'A and B are half-sibs-maternal': 'maternal-half-sibling',
  'A and B are avuncular': 'paternal-uncle',
} as const;

for (const untypedParent of ['mutates', 'population'] as const) {
  t.test(`one relative agrees with Familias and pedprobr, per locus, "${untypedParent}"`, (t) => {
    const compared = { rivals: 0, families: 0 };
    const asked = cases.filter(({ H2 }) => H2.text === 'all typed persons unrelated');
    for (const one of asked) {
      for (const locus of one.loci) {
        // Where no other reading was computed there is nothing to compare with.
        const expected = untypedParent === 'mutates' ? locus.LR : locus.LR_pruned;
        const pairs = readGenotypes(locus);
        if (expected === undefined || !pairs.has('A') || !pairs.has('B')) continue;
        for (const [kind, actual] of Object.entries(ratiosOf(one, locus, untypedParent))) {
          if (actual === undefined) continue;
          compared[kind as keyof typeof compared]++;
          const difference = Math.abs(actual - expected);
          if (!(difference <= RELATIVE * expected)) t.fail(`${one.id} ${locus.name} ${kind}: ${actual}, not ${expected}`); // prettier-ignore
        }
      }
    }
    const { rivals, families } = compared;
    t.ok(rivals > 20 && families > 20, `${rivals} rivals, ${families} families, from ${folder}`);
    t.end();
  });
}

function ratiosOf(
  one: ReferenceCase,
  locus: CaseLocus,
  untypedParent: UntypedParent,
): { rivals: number | undefined; families: number | undefined } {
  const models = readModels(one, locus, untypedParent);
  const pairs = readGenotypes(locus);
  const name = locus.name as Locus;
  const [profile, child] = ['A', 'B'].map((id) => new Map([[name, pairs.get(id)!]]));
  const rival = RIVALS[one.H1.text as keyof typeof RIVALS] as string | undefined;
  const rivals =
    rival === undefined
      ? undefined
      : compareRivals(models, child!, { role: 'father', profile: profile! });
  const relations = untypedParent === 'mutates' ? RELATIONS : PRUNED_RELATIONS;
  const relation = relations[one.H1.text as keyof typeof RELATIONS] as 'sibling' | undefined;
  const families = relation && new FamilyRatios(models, [{ relation, profile: profile! }]);
  return {
    rivals: rivals && numberOf(rivals.find(({ relationship }) => relationship === rival)!.lr),
    families: families?.at(name, pairs.get('B')!) ?? undefined,
  };
}

function numberOf(lr: LikelihoodRatio): number {
  if (lr.kind === 'finite') return 10 ** lr.log10Lr;
  return lr.kind === 'excluded' ? 0 : NaN;
}
