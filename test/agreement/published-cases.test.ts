import t from 'tap';
import {
  type LocusModel,
  parentageLikelihoods,
  type ParentRole,
  type TypedParent,
} from '../../src/kinship/index.ts';
import { modelOf, pair } from '../kinship/small-table.ts';

// Sources: docs/math/parentage.md. Where a source leaves the other alleles open, they share the
// rest: no LR here depends on them.

const typed = (role: ParentRole, genotype: string): TypedParent => ({
  role,
  genotype: pair(genotype),
});

/** LR of «father and mother» against «mother and a man unknown». */
function paternityIndex(model: LocusModel, mother: string, child: string, father: string): number {
  const both = [typed('father', father), typed('mother', mother)] as const;
  const motherAlone = [typed('mother', mother)] as const;
  return (
    parentageLikelihoods(model, pair(child), both).numerator /
    parentageLikelihoods(model, pair(child), motherAlone).numerator
  );
}

t.test('the trio of the National Institute of Justice has LR 38.38', (t) => {
  const loci: [frequencies: Record<string, number>, mother: string, child: string, father: string, lr: number][] = [
    [{ 15: 0.7685, 16: 0.2315 }, '16,16', '16,16', '15,16', 2.1598],
    [{ 17: 0.2627, 18: 0.2219, 20: 0.5154 }, '17,18', '17,18', '18,20', 1.0317],
    [{ 21: 0.2, 23: 0.1581, 25: 0.3, 27: 0.3419 }, '25,27', '23,25', '21,23', 3.1625],
    [{ 14: 0.4, 18: 0.0918, 20: 0.5082 }, '14,18', '18,18', '18,20', 5.4466],
  ]; // prettier-ignore
  let total = 1;
  for (const [frequencies, mother, child, father, published] of loci) {
    const lr = paternityIndex(modelOf(frequencies), mother, child, father);
    t.ok(Math.abs(lr - published) < 1e-4, `${lr}, published ${published} to four decimals`);
    total *= lr;
  }
  t.ok(Math.abs(total / 38.3815 - 1) < 2e-4, `${total}, published 38.3815 from rounded factors`);
  t.end();
});

t.test('Familias, exercise 2.1: both parents homozygous, LR 20', (t) => {
  const lr = paternityIndex(modelOf({ 8: 0.05, 9: 0.95 }), '9,9', '8,9', '8,8');
  t.ok(Math.abs(lr / 20 - 1) < 1e-12, `${lr}`);
  t.end();
});

t.test('Familias, exercise 2.2: a mismatch with rate 0.007 over eight alleles, LR 0.00407', (t) => {
  const rest = (1 - 0.212 - 0.292) / 6;
  const rate = { rate: 0.007 };
  const frequencies = {
    13: rest,
    14: rest,
    15: rest,
    16: 0.212,
    17: 0.292,
    18: rest,
    19: rest,
    20: rest,
  };
  const model = modelOf(frequencies, {
    mutation: { model: 'equal', male: rate, female: rate },
    untypedParent: 'population',
  });
  const father = [typed('father', '14,15')] as const;
  const { numerator, denominator } = parentageLikelihoods(model, pair('16,17'), father);
  t.equal((numerator / denominator).toFixed(5), '0.00407');
  const without = parentageLikelihoods(modelOf(frequencies), pair('16,17'), father);
  t.equal(without.numerator, 0, 'and without mutation LR 0');
  t.end();
});

t.test('Vigeland and Egeland, exercise III-2: a/b and a/c, LR 25', (t) => {
  const model = modelOf({ 8: 0.01, 9: 0.3, 10: 0.69 });
  const { numerator, denominator } = parentageLikelihoods(model, pair('8,10'), [
    typed('father', '8,9'),
  ]);
  t.ok(Math.abs(numerator / denominator / 25 - 1) < 1e-12, `${numerator / denominator}`);
  t.end();
});
