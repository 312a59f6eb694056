import t from 'tap';
import {
  type AllelePair,
  type LocusModel,
  parentageLikelihoods,
  type Pedigree,
  pruneUntypedFounders,
  type TypedParent,
} from '../../src/kinship/index.ts';
import { pedigreeLikelihood } from '../../src/kinship/reference/pedigree-likelihood.ts';
import {
  notYetSupported,
  readCases,
  readGenotypes,
  readModel,
  readPedigree,
  type ReferenceCase,
} from './case-file.ts';

const RELATIVE = 1e-9;
/** Genotypes that the enumeration may go through for one locus before the case is left to the others. */
const MOST_GENOTYPES = 10_000;

const { folder, cases } = readCases();
const supported = cases.filter((one) => notYetSupported(one) === undefined);

t.test(`the closed form agrees with Familias and pedprobr, per locus`, (t) => {
  let compared = 0;
  for (const one of supported.filter(isParentage)) {
    for (const untypedParent of ['mutates', 'population'] as const) {
      for (const locus of one.loci) {
        const model = readModel(one, locus, untypedParent);
        const lr = closedFormRatio(one, model, readGenotypes(locus));
        if (lr === undefined) continue;
        compared++;
        const expected = untypedParent === 'mutates' ? locus.LR : (locus.LR_pruned ?? locus.LR);
        if (!agrees(lr, expected)) t.fail(`${one.id} ${locus.name} ${untypedParent}: ${lr}, not ${expected}`); // prettier-ignore
      }
    }
  }
  t.ok(compared > 0, `${compared} locus results compared, from ${folder}`);
  t.end();
});

t.test('the enumeration over pedigrees agrees with Familias and pedprobr, per locus', (t) => {
  let compared = 0;
  for (const one of supported) {
    for (const locus of one.loci) {
      const genotypes = readGenotypes(locus);
      const model = readModel(one, locus, 'mutates');
      const [h1, h2] = [readPedigree(one.H1.pedigree), readPedigree(one.H2.pedigree)];
      if (Math.max(...[h1, h2].map((h) => work(model, h, genotypes))) > MOST_GENOTYPES) continue;
      compared++;
      const likelihoods = [h1, h2].map((h) => pedigreeLikelihood(model, h, genotypes));
      const [l1, l2] = likelihoods as [number, number];
      if (!agrees(l1 / l2, locus.LR)) t.fail(`${one.id} ${locus.name} LR: ${l1 / l2}`);
      for (const [likelihood, expected] of [
        [l1, locus.L1],
        [l2, locus.L2],
      ] as const) {
        // prettier-ignore
        if (typeof expected !== 'number' || agrees(likelihood, expected)) continue;
        t.fail(`${one.id} ${locus.name}: ${likelihood}, not ${expected}`);
      }
      if (locus.LR_pruned === undefined) continue;
      const pruned = prunedRatio(model, [h1, h2], genotypes, new Set(one.typed));
      if (!agrees(pruned, locus.LR_pruned)) t.fail(`${one.id} ${locus.name} pruned: ${pruned}`);
    }
  }
  t.ok(compared > 0, `${compared} loci compared, from ${folder}`);
  t.end();
});

t.test('what the closed form and the enumeration leave out is named', (t) => {
  const reasons = new Map<string, number>();
  for (const one of cases) {
    const reason = notYetSupported(one);
    if (reason) reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
  }
  for (const [reason, count] of reasons) t.comment(`${count} cases left out: ${reason}`);
  t.equal(supported.length + [...reasons.values()].reduce((a, b) => a + b, 0), cases.length);
  t.end();
});

function agrees(actual: number, expected: number): boolean {
  return Math.abs(actual - expected) <= RELATIVE * Math.abs(expected);
}

function isParentage({ H1, typed }: ReferenceCase): boolean {
  const parents = H1.pedigree.filter(({ father, mother }) => !father && !mother);
  const [child, ...more] = H1.pedigree.filter(({ father, mother }) => father && mother);
  return parents.length === 2 && more.length === 0 && typed.includes(child!.id);
}

/** LR by closed forms; where H2 keeps one parent, the ratio of two of them. */
function closedFormRatio(
  { H1, H2 }: ReferenceCase,
  model: LocusModel,
  genotypes: ReadonlyMap<string, AllelePair>,
): number | undefined {
  const child = H1.pedigree.find(({ father }) => father)!;
  const genotype = genotypes.get(child.id);
  const under1 = typedParents(child, genotypes);
  const under2 = typedParents(
    H2.pedigree.find(({ id }) => id === child.id)!,
    genotypes,
  );
  if (!genotype || !under1) return undefined;
  const known = parentageLikelihoods(model, genotype, under1);
  if (!under2) return isUnrelated(H2) ? known.numerator / known.denominator : undefined;
  return known.numerator / parentageLikelihoods(model, genotype, under2).numerator;
}

function isUnrelated({ pedigree }: ReferenceCase['H2']): boolean {
  return pedigree.every(({ father, mother }) => !father && !mother);
}

function typedParents(
  child: ReferenceCase['H1']['pedigree'][number],
  genotypes: ReadonlyMap<string, AllelePair>,
): [TypedParent] | [TypedParent, TypedParent] | undefined {
  const typed = (['father', 'mother'] as const).flatMap((role): TypedParent[] => {
    const genotype = genotypes.get(child[role] ?? '');
    return genotype ? [{ role, genotype }] : [];
  });
  return typed.length === 0 ? undefined : (typed as [TypedParent]);
}

/** LR in the convention of Familias: untyped founders with one child removed. */
function prunedRatio(
  model: LocusModel,
  pedigrees: [Pedigree, Pedigree],
  genotypes: ReadonlyMap<string, AllelePair>,
  typed: ReadonlySet<string>,
): number {
  const [l1, l2] = pedigrees.map((pedigree) =>
    pedigreeLikelihood(model, pruneUntypedFounders(pedigree, typed), genotypes),
  ) as [number, number];
  return l1 / l2;
}

function work(model: LocusModel, pedigree: Pedigree, typed: ReadonlyMap<string, unknown>): number {
  const untyped = pedigree.filter(({ id }) => !typed.has(id)).length;
  return model.table.alleles.length ** (2 * untyped) * 2 ** (pedigree.length - untyped);
}
