import t from 'tap';
import {
  alleleIndex,
  type AllelePair,
  childLikelihood,
  type LocusModel,
  type Observation,
  parentageLikelihoods,
  type Pedigree,
  pruneUntypedFounders,
  type TypedParent,
} from '../../src/kinship/index.ts';
import { observedLikelihood } from '../../src/kinship/reference/pedigree-likelihood.ts';
import {
  expectedRatio,
  isAlikeForAll,
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
  const compared = {
    plain: { mutates: 0, population: 0 },
    'with theta': { mutates: 0, population: 0 },
    'with silent alleles': { mutates: 0, population: 0 },
    'with drop-out': { mutates: 0, population: 0 },
  };
  const kindOf = ({ params, dropout }: ReferenceCase): keyof typeof compared => {
    if (params.silent) return 'with silent alleles';
    if (dropout) return 'with drop-out';
    return params.theta > 0 ? 'with theta' : 'plain';
  };
  for (const one of supported.filter(isParentage)) {
    for (const untypedParent of ['mutates', 'population'] as const) {
      for (const locus of one.loci) {
        const expected = expectedRatio(one, locus, untypedParent);
        if (!isAlikeForAll(one, locus)) continue;
        const model = readModel(one, locus, untypedParent);
        const lr = closedFormRatio(one, model, readGenotypes(locus));
        if (lr === undefined || expected === undefined) continue;
        compared[kindOf(one)][untypedParent]++;
        if (!agrees(lr, expected)) t.fail(`${one.id} ${locus.name} ${untypedParent}: ${lr}, not ${expected}`); // prettier-ignore
      }
    }
  }
  for (const [kind, { mutates, population }] of Object.entries(compared)) {
    const counts = `${mutates} loci (mutates) and ${population} (population)`;
    t.ok(mutates > 0 && population > 0, `${kind}: ${counts} compared, from ${folder}`);
  }
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
      const seen = observationsOf(one, model, genotypes);
      const likelihood = (pedigree: Pedigree): number =>
        observedLikelihood(model.alleles, pedigree, seen, one.params.theta);
      const [l1, l2] = [likelihood(h1), likelihood(h2)];
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
      // Familias removes untyped founders with one child.
      const typed = new Set(one.typed);
      const [pruned1, pruned2] = [pruneUntypedFounders(h1, typed), pruneUntypedFounders(h2, typed)];
      const pruned = likelihood(pruned1) / likelihood(pruned2);
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

/** LR by closed forms; where H2 keeps one parent, the alleged one is somebody else there. */
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
  if (!under2) {
    const { numerator, denominator } = parentageLikelihoods(model, genotype, under1);
    return isUnrelated(H2) ? numerator / denominator : undefined;
  }
  const likelihood = (parents: [TypedParent] | [TypedParent, TypedParent]): number => {
    const known = parents.map((parent) => parent.genotype);
    const others = [...genotypes.values()].filter(
      (one) => one !== genotype && !known.includes(one),
    );
    return childLikelihood(model, genotype, parents, others);
  };
  return likelihood(under1) / likelihood(under2);
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

function observationsOf(
  { dropout }: ReferenceCase,
  { table }: LocusModel,
  genotypes: ReadonlyMap<string, AllelePair>,
): Map<string, Observation[]> {
  return new Map(
    [...genotypes].map(([id, [a, b]]): [string, Observation[]] => {
      const alleles = [alleleIndex(table, a)!, alleleIndex(table, b)!] as const;
      const dropOut = id === dropout?.person ? dropout.d : 0;
      return [id, [{ seen: 'two', alleles, dropOut }]];
    }),
  );
}

function work(model: LocusModel, pedigree: Pedigree, typed: ReadonlyMap<string, unknown>): number {
  const untyped = pedigree.filter(({ id }) => !typed.has(id)).length;
  const hidden = model.silentFrequency > 0 || model.dropOut > 0 ? model.table.alleles.length : 1;
  const typedOnes = (2 * hidden) ** (pedigree.length - untyped);
  return model.table.alleles.length ** (2 * untyped) * typedOnes;
}
