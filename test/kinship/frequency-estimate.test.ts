import fc from 'fast-check';
import t from 'tap';
import {
  type AlleleLabel,
  estimateFrequencies,
  type Genotype,
  type Locus,
  makeGenotype,
} from '../../src/kinship/index.ts';

const VWA = 'vWA' as Locus;
const FGA = 'FGA' as Locus;
const genotype = (...alleles: string[]): Genotype => makeGenotype(alleles as AlleleLabel[]);

t.test('each person counts two alleles, a homozygote the same one twice', (t) => {
  const table = estimateFrequencies([
    new Map([[VWA, genotype('14', '15')]]),
    new Map([[VWA, genotype('14')]]),
    new Map([
      [VWA, genotype('15', '16')],
      [FGA, genotype('22.2', '20')],
    ]),
  ]);
  t.strictSame([...table.keys()], [VWA, FGA]);
  const vwa = table.get(VWA)!;
  t.strictSame(vwa.alleles, ['14', '15', '16']);
  [3 / 6, 2 / 6, 1 / 6].forEach((p, at) => t.ok(Math.abs(vwa.frequencies[at]! - p) < 1e-15));
  t.equal(vwa.allelesCounted, 6);
  t.match(table.get(FGA), { alleles: ['20', '22.2'], allelesCounted: 2 });
  t.end();
});

t.test('a genotype that no likelihood can use counts nowhere, not even in 2N', (t) => {
  const table = estimateFrequencies([
    new Map([[VWA, genotype('14', '15', '16')]]),
    new Map([[VWA, genotype('14', 'OL')]]),
    new Map([[VWA, genotype('17')]]),
    new Map([[FGA, genotype('<18', '20')]]),
  ]);
  t.strictSame([...table.keys()], [VWA]);
  t.match(table.get(VWA), { alleles: ['17'], allelesCounted: 2 });
  t.strictSame([...estimateFrequencies([]).keys()], []);
  t.end();
});

t.test('the counts are those of the alleles written out, shared genotypes or not', (t) => {
  const pool = [['14'], ['14', '15'], ['15', '16.2'], ['9.3']].map((it) => genotype(...it));
  let compared = 0;
  const property = fc.property(
    fc.array(fc.tuple(fc.nat(3), fc.boolean()), { minLength: 1, maxLength: 50 }),
    (people) => {
      const shown = people.map(([place, own]) => (own ? [...pool[place]!] : pool[place]!));
      const { alleles, frequencies, allelesCounted } = estimateFrequencies(
        shown.map((it) => new Map([[VWA, it]])),
      ).get(VWA)!;
      const written = shown.flat();
      const expected = alleles.map((allele) => written.filter((it) => it === allele).length);
      compared += alleles.length;
      return (
        allelesCounted === written.length &&
        alleles.length === new Set(written).size &&
        expected.every((count, at) => Math.abs(frequencies[at]! - count / written.length) < 1e-15)
      );
    },
  );
  fc.assert(property);
  t.ok(compared > 100);
  t.end();
});
