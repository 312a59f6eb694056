import t from 'tap';
import { readMisfit } from '../../src/casework/reports/locus-reading.ts';
import type { AllelePair } from '../../src/kinship/index.ts';

const pair = (first: string, second: string): AllelePair => [first, second] as never;

const CASES: readonly [
  child: AllelePair,
  parents: AllelePair[],
  reading: string,
  steps: number | null,
][] = [
  [pair('12', '14'), [pair('10', '11')], 'mutation', 1],
  [pair('12', '14'), [pair('15', '16')], 'mutation', 1],
  [pair('12', '14'), [pair('8', '9')], 'mutation', 3],
  [pair('9.3', '9.3'), [pair('6', '8.3')], 'mutation', 1],
  [pair('9.3', '9.3'), [pair('6', '8')], 'mutation', null],
  [pair('9.3', '12'), [pair('9', '14')], 'mutation', 2],
  // Homozygous both, and different: an allele that the kit does not show explains it as well.
  [pair('12', '12'), [pair('14', '14')], 'mutation-or-silent', 2],
  [pair('12', '12'), [pair('14', '15')], 'mutation', 2],
  // With both parents: 12 from the mother, 14 from a father who has 15.
  [pair('12', '14'), [pair('15', '20'), pair('12', '18')], 'mutation', 1],
  [pair('12', '14'), [pair('12', '18'), pair('15', '20')], 'mutation', 1],
  // Both children's alleles fit the father, none the mother.
  [pair('12', '14'), [pair('12', '14'), pair('16', '17')], 'mutation', 2],
  // One step from the father and two from the mother, or four the other way round.
  [pair('12', '14'), [pair('11', '11'), pair('16', '16')], 'mutation', 3],
  [pair('12', '12'), [pair('12', '13'), pair('14', '14')], 'mutation-or-silent', 2],
];

t.test('the fewest steps are counted, and what a silent allele may explain is said', async (t) => {
  for (const [child, parents, reading, steps] of CASES) {
    const what = `${child.join()} of ${parents.map((parent) => parent.join()).join(' and ')}`;
    t.strictSame(readMisfit(child, parents), { reading, steps }, what);
  }
});
