import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import t from 'tap';
import {
  AGREEMENTS,
  chooseCandidates,
  COLUMNS,
  readCandidateView,
  RELATIONSHIPS,
  STATES,
} from '../../web/src/candidates/candidate-view.ts';
import { showAge, showHappened } from '../../web/src/candidates/circumstances-text.ts';
import { mark, type MarkAction, NO_MARKS } from '../../web/src/candidates/selection.ts';
import { nameProvince, PROVINCES } from '../../web/src/common/provinces.ts';

const CANDIDATES = [
  {
    unknown: 'U1',
    family: 'F1',
    relatives: ['F1f', 'F1m'],
    relationship: 'both-parents',
    log10Lr: 20,
    lociCompared: 20,
    circumstances: { missing: { happened: { earliest: 1994, latest: 1998 } } },
  },
  {
    unknown: 'U2',
    family: 'F2',
    relatives: ['F2m'],
    relationship: 'mother',
    log10Lr: 6,
    lociCompared: 23,
    circumstances: { missing: { happened: null } },
  },
  {
    unknown: 'u10',
    family: 'F3',
    relatives: ['S7'],
    relationship: 'relatives',
    log10Lr: 5,
    lociCompared: 18,
    circumstances: { missing: { happened: { earliest: 1996, latest: 1996 } } },
  },
] as unknown as Parameters<typeof chooseCandidates>[0];

t.test('an address that anybody may have written becomes a view', (t) => {
  const view = { states: ['disputed', 'nonsense', 7], relationships: 'mother', mine: 'yes', text: 'U1', sort: 'log10Lr', ascending: true, more: {} }; // prettier-ignore
  t.same(readCandidateView(view), {
    states: ['disputed'],
    text: 'U1',
    sort: 'log10Lr',
    ascending: true,
  });
  t.same(readCandidateView({ sort: 'constructor', text: '', states: [] }), {});
  const more = { provinces: ['51', '99', 51], from: 1994, to: '1996', hidesUnsaid: 1, sexes: ['contradicts'], columns: ['lr', 'genotypes', 'person'] }; // prettier-ignore
  t.same(readCandidateView(more), {
    provinces: ['51'],
    from: 1994,
    sexes: ['contradicts'],
    columns: ['person', 'lr'],
  });
  t.same(readCandidateView({ from: 1e9, to: 1994.5, columns: [] }), {});
  t.end();
});

t.test('candidates by text and order', (t) => {
  const chosen = (view: Parameters<typeof readCandidateView>[0]) =>
    chooseCandidates(CANDIDATES, readCandidateView(view)).map(({ unknown }) => unknown);
  t.same(chosen({}), ['U1', 'U2', 'u10'], 'the largest LR first');
  t.same(chosen({ ascending: true }), ['u10', 'U2', 'U1']);
  t.same(chosen({ sort: 'lociCompared' }), ['U2', 'U1', 'u10']);
  t.same(chosen({ text: 'u1' }), ['U1', 'u10'], 'capital or not');
  t.same(chosen({ text: 's7' }), ['u10'], 'by a relative');
  t.same(chosen({ sort: 'missing' }), ['u10', 'U1', 'U2'], 'of which it is not said last');
  t.end();
});

t.test('a view that was read is read again as itself', (t) => {
  const names = ['states', 'relationships', 'provinces', 'sexes', 'births', 'columns', 'from', 'to', 'mine', 'hidesUnsaid', 'ascending', 'sort', 'text']; // prettier-ignore
  const value = fc.oneof(
    fc.subarray([...STATES, ...RELATIONSHIPS, ...PROVINCES, ...AGREEMENTS, ...COLUMNS]),
    fc.constantFrom(true, 'log10Lr', 'missing'),
    fc.integer({ min: 1800, max: 2200 }),
    fc.anything(),
  );
  let some = 0;
  fc.assert(
    fc.property(fc.dictionary(fc.constantFrom(...names), value), (search) => {
      const view = readCandidateView(search);
      if (Object.keys(view).length > 0) some++;
      return isDeepStrictEqual(readCandidateView(view), view);
    }),
  );
  t.ok(some > 20, `${some} were views`);
  t.end();
});

t.test('a range goes up as well as down, and takes nothing away', (t) => {
  const ids = ['a', 'b', 'c', 'd', 'e'];
  const after = (...actions: MarkAction[]): string[] =>
    [...actions.reduce((marks, action) => mark(marks, action, ids), NO_MARKS).marked].sort();
  t.same(after({ do: 'toggle', id: 'd' }, { do: 'extend', id: 'b' }), ['b', 'c', 'd']);
  t.same(after({ do: 'toggle', id: 'e' }, { do: 'toggle', id: 'a' }, { do: 'extend', id: 'b' }), ['a', 'b', 'e']); // prettier-ignore
  t.same(after({ do: 'extend', id: 'c' }), ['c'], 'from nowhere');
  t.same(after({ do: 'toggle', id: 'gone' }, { do: 'extend', id: 'c' }), ['c', 'gone']);
  t.same(after({ do: 'toggle', id: 'b' }, { do: 'toggle', id: 'b' }), []);
  t.same(after({ do: 'all' }), ids);
  t.same(after({ do: 'all' }, { do: 'none' }), []);
  t.end();
});

t.test('years, ages and places as they are said', (t) => {
  const side = { sex: 'male' as const, born: null, happened: null, division: null };
  t.same(showHappened(side, 'zh'), []);
  const said = { ...side, happened: { earliest: 1994, latest: 1996 }, division: '510104' };
  t.same(showHappened(said, 'zh'), ['四川', '1994–1996']);
  t.same(showHappened({ ...said, happened: null }, 'en'), ['Sichuan']);
  t.same(showHappened({ ...said, division: '990000' }, 'en'), ['99', '1994–1996']);
  const agreement = { sex: 'unknown' as const, birth: 'unknown' as const };
  const born = { earliest: 1995, latest: 1996 };
  const unknown = { ...side, typedSex: 'male' as const };
  const ofChild = { unknown, missing: { ...side, born }, agreement };
  t.equal(showAge(ofChild, 2026), '30–31', 'of the child, where nobody knows the person’s');
  const ofPerson = { ...ofChild, unknown: { ...unknown, born: { earliest: 1998, latest: 1998 } } };
  t.equal(showAge(ofPerson, 2026), '28');
  t.equal(PROVINCES.length, 34);
  t.equal(new Set(PROVINCES.flatMap((code) => [nameProvince(code, 'zh'), nameProvince(code, 'en')])).size, 68); // prettier-ignore
  t.end();
});
