import t from 'tap';
import { type LocusMark, markLocus } from '../../web/src/candidates/locus-mark.ts';

type Given = {
  child: string[];
  relatives: string[][];
  mendelian?: boolean;
  kind?: string;
  areParents?: boolean;
};

function mark({
  child,
  relatives,
  mendelian = false,
  kind = 'finite',
  areParents = true,
}: Given): LocusMark {
  return markLocus({ kind, mendelian, child, relatives, areParents });
}

t.test('what the engine said comes first', (t) => {
  const [child, relatives] = [['12', '13'], [['12', '14']]];
  t.same(mark({ child, relatives, mendelian: true }), { mark: 'consistent' });
  for (const kind of ['excluded', 'infinite', 'undefined'] as const) {
    t.same(mark({ child, relatives, kind }), { mark: kind });
  }
  t.same(mark({ child, relatives: [] }), { mark: 'not-compared' });
  t.end();
});

t.test('steps are the fewest whole repeats that explain it', (t) => {
  const steps = (child: string[], ...relatives: string[][]) => mark({ child, relatives });
  t.same(steps(['12', '13'], ['14', '15']), { mark: 'mutation', steps: 1 });
  t.same(steps(['9.3', '10'], ['7.3', '8']), { mark: 'mutation', steps: 2 }, '9.3 is no 9');
  t.same(steps(['9.3'], ['9', '10']), { mark: 'mutation', steps: null }, 'no whole number');
  t.same(steps(['12', '15'], ['12', '13'], ['16', '17']), { mark: 'mutation', steps: 1 });
  t.same(steps(['20', '21'], ['10', '11'], ['21', '22']), { mark: 'mutation', steps: 9 });
  t.same(steps(['OL', '12'], ['9', '11']), { mark: 'mutation', steps: 1 });
  t.end();
});

t.test('opposite homozygotes may hide an allele', (t) => {
  t.same(mark({ child: ['12'], relatives: [['14', '14']] }), { mark: 'silent' });
  t.same(mark({ child: ['12', '12'], relatives: [['12', '13'], ['14']] }), { mark: 'silent' });
  const siblings = { child: ['12'], relatives: [['14']], areParents: false };
  t.same(mark(siblings), { mark: 'mutation', steps: null }, 'of siblings nothing is known');
  t.end();
});
