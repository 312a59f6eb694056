import { existsSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import t from 'tap';
import { readFrequencyCsv } from '../../src/formats/frequency-csv.ts';
import {
  type AlleleLabel,
  frequenciesFor,
  type Locus,
  type MinimumFrequency,
} from '../../src/kinship/index.ts';
import { ROOT } from '../package.ts';
import { readCases, type ReferenceCase } from './case-file.ts';

// The cases state in words what was done with alleles that the table lacks, and hold the
// frequencies that came of it. Where the table is at hand, ours must be the same.

type CaseWithTable = ReferenceCase & { freqdb: { file: string; unseenAllelePolicy: string } };

const FIVE = 'five-over-2n';
const POLICIES: readonly [RegExp, MinimumFrequency][] = [
  [/^an observed allele absent .* gets 5/, { rule: FIVE, appliesTo: 'unseen', renormalise: 'all' }],
  [/^every allele of the table .* is raised/, { rule: FIVE, appliesTo: 'all', renormalise: 'all' }],
  [/one 'rest' allele/, { rule: FIVE, appliesTo: 'observed', renormalise: 'none' }],
];

const { folder, cases } = readCases();
const SHIPPED = join(ROOT, 'fixtures/frequencies');

t.test('the frequencies in use are those of the cases, under each of their policies', (t) => {
  const compared = POLICIES.map(() => ({ cases: 0, loci: 0 }));
  let without = 0;
  for (const one of cases as CaseWithTable[]) {
    const which = POLICIES.findIndex(([words]) => words.test(one.freqdb.unseenAllelePolicy));
    if (which < 0) continue;
    const file = findTable(one.freqdb.file);
    if (file === undefined) without++;
    else {
      compared[which]!.cases++;
      compared[which]!.loci += compareCase(t, one, file, POLICIES[which]![1]);
    }
  }
  for (const { cases: some, loci } of compared) t.comment(`${some} cases, ${loci} loci`);
  const loci = compared.reduce((sum, one) => sum + one.loci, 0);
  t.ok(loci > 0, `${loci} loci compared, from ${folder}; ${without} cases of tables not at hand`);
  t.end();
});

function compareCase(
  t: { fail: (message: string) => void },
  one: CaseWithTable,
  file: string,
  policy: MinimumFrequency,
): number {
  const tables = readFrequencyCsv(readFileSync(file, 'utf8'));
  for (const { name, genotypes, freqs } of one.loci) {
    const observed = Object.values(genotypes).flatMap((genotype) => genotype ?? []);
    const shown = observed.filter((allele) => allele !== null) as AlleleLabel[];
    const used = frequenciesFor(tables.get(name as Locus)!, shown, policy);
    const isSame = used.alleles.every((allele, place) => {
      const expected = freqs[allele] ?? NaN;
      return Math.abs(used.frequencies[place]! - expected) <= 1e-12 * expected;
    });
    if (isSame && used.alleles.length === Object.keys(freqs).length) continue;
    t.fail(`${one.id} ${name}: ${[...used.frequencies].join(' ')}`);
  }
  return one.loci.length;
}

/** The table of a case: beside the cases, or shipped. */
function findTable(file: string): string | undefined {
  return [join(folder, '..', file), join(SHIPPED, basename(file))].find(existsSync);
}
