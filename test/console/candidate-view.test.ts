import t from 'tap';
import { chooseCandidates, readCandidateView } from '../../web/src/candidates/candidate-view.ts';

const CANDIDATES = [
  {
    unknown: 'U1',
    family: 'F1',
    relatives: ['F1f', 'F1m'],
    relationship: 'both-parents',
    log10Lr: 20,
    lociCompared: 20,
  },
  {
    unknown: 'U2',
    family: 'F2',
    relatives: ['F2m'],
    relationship: 'mother',
    log10Lr: 6,
    lociCompared: 23,
  },
  {
    unknown: 'u10',
    family: 'F3',
    relatives: ['S7'],
    relationship: 'relatives',
    log10Lr: 5,
    lociCompared: 18,
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
  t.end();
});

t.test('candidates by text, relationship and order', (t) => {
  const chosen = (view: Parameters<typeof readCandidateView>[0]) =>
    chooseCandidates(CANDIDATES, readCandidateView(view)).map(({ unknown }) => unknown);
  t.same(chosen({}), ['U1', 'U2', 'u10'], 'the largest LR first');
  t.same(chosen({ ascending: true }), ['u10', 'U2', 'U1']);
  t.same(chosen({ sort: 'lociCompared' }), ['U2', 'U1', 'u10']);
  t.same(chosen({ text: 'u1' }), ['U1', 'u10'], 'capital or not');
  t.same(chosen({ text: 's7' }), ['u10'], 'by a relative');
  t.same(chosen({ relationships: ['mother'] }), ['U2']);
  t.end();
});
