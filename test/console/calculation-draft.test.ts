import t from 'tap';
import {
  addedPerson,
  askFor,
  chooseLoci,
  type Draft,
  emptyDraft,
  layInto,
  peopleOf,
  toQuestion,
  whatIsMissing,
} from '../../web/src/calculator/calculation-draft.ts';
import {
  areComplete,
  type ChosenParameters,
  countSilentAlleles,
  toParameters,
  withModel,
  withRate,
} from '../../web/src/calculator/calculation-parameters.ts';
import { readAnswer } from '../../web/src/calculator/read-answer.ts';

const written = (...genotypes: string[]) =>
  genotypes.map((genotype) => ({ id: null, genotypes: new Map([['TH01', genotype]]) }));

const pair = (): Draft => layInto(emptyDraft(['TH01', 'FGA']), 0, written('6,9.3', '7'));

t.test('a pair, and what is weighed of it', (t) => {
  t.equal(whatIsMissing(emptyDraft(['TH01'])), 'genotypes');
  t.equal(whatIsMissing(pair()), null);
  const { people, question } = toQuestion({ ...pair(), against: 'avuncular' }, 0.1);
  t.match(people, [
    { id: 'P1', dropOut: 0.1, genotypes: { TH01: ['6', '9.3'] } },
    { id: 'P2', dropOut: 0.1, genotypes: { TH01: ['7'] } },
  ]);
  t.same(people.map(({ genotypes }) => Object.keys(genotypes)), [['TH01'], ['TH01']], 'no empty cell'); // prettier-ignore
  t.same(question, { kind: 'relationships', people: ['P1', 'P2'], relationships: ['parent-child'], against: 'avuncular' }); // prettier-ignore
  t.notOk('against' in toQuestion(pair(), 0).question, 'unrelated is what is left out');
  const namesake = { ...pair(), people: pair().people.map((one) => ({ ...one, id: ' A ' })) };
  t.equal(whatIsMissing(namesake), 'ids');
  t.end();
});

t.test('both parents have their places, and nobody is lost by another question', (t) => {
  const trio = layInto(askFor(pair(), 'both-parents'), 2, written('9'));
  t.equal(peopleOf(trio).length, 3);
  const { people, question } = toQuestion(trio, 0);
  t.same(
    people.map(({ sex }) => sex),
    ['unknown', 'male', 'female'],
  );
  t.match(question, { kind: 'family', person: 'P1', relatives: [{ id: 'P2', relation: 'father' }, { id: 'P3', relation: 'mother' }] }); // prettier-ignore
  const back = askFor(askFor(trio, 'full-siblings'), 'both-parents');
  t.same(back, trio);
  t.equal(toQuestion(askFor(trio, 'full-siblings'), 0).people.length, 2);
  t.equal(addedPerson(['P1', 'P3']).id, 'P2', 'a name that nobody has');
  t.end();
});

t.test('what is pasted goes where there is room', (t) => {
  t.equal(layInto(pair(), 1, written('8', '9', '10')).people.length, 2, 'a pair is two');
  const family = layInto(askFor(pair(), 'family'), 1, written('8', '9', '10'));
  t.same(
    family.people.map(({ genotypes }) => genotypes.TH01),
    ['6,9.3', '8', '9', '10'],
  );
  const elsewhere = layInto(pair(), 0, [{ id: 'C1', genotypes: new Map([['SE33', '20']]) }]);
  t.same(elsewhere.loci, ['TH01', 'FGA', 'SE33'], 'a row for each locus');
  t.equal(elsewhere.people[0]?.id, 'C1');
  t.same(chooseLoci(elsewhere, ['vWA']).loci, ['vWA', 'TH01', 'SE33'], 'what is typed stays');
  t.end();
});

t.test('parameters are those of the policy but for what is changed', (t) => {
  const rated = { model: 'stepwise' as const, male: { rate: 0.002, range: 0.1 }, female: { rate: 0.001 }, perLocus: { TH01: { male: { rate: 0.01 } } } }; // prettier-ignore
  const policys: ChosenParameters = { document: { mutation: rated, theta: 0.01, silentAlleles: [{ locus: 'FGA', kit: null, frequency: 0.02 }] }, dropOut: 0, silent: null, frequencyTableId: 'a' }; // prettier-ignore
  t.same(toParameters(policys, ['TH01']), policys.document);
  t.same(withModel(policys, 'equal').document.mutation, { ...rated, model: 'equal' });
  t.same(withModel(policys, 'none').document.mutation, { model: 'none' });
  t.match(withModel(withModel(policys, 'none'), 'equal').document.mutation, { male: { rate: 0.002 } }); // prettier-ignore
  t.match(withRate(policys, 'female', 'rate', 0.5).document, { theta: 0.01, mutation: { male: { rate: 0.002 }, female: { rate: 0.5 } } }); // prettier-ignore
  t.same(toParameters({ ...policys, silent: 0.05 }, ['TH01']).silentAlleles, [{ locus: 'TH01', kit: null, frequency: 0.05 }]); // prettier-ignore
  t.same(toParameters({ ...policys, silent: 0 }, ['TH01']).silentAlleles, [], 'none at all');
  t.ok(areComplete(policys));
  t.notOk(areComplete(withRate(policys, 'male', 'rate', NaN)), 'an emptied field');
  const ofKit = { locus: 'D5S818', kit: 'PowerPlex 16', frequency: 0.01 };
  const silentAlleles = [...(policys.document.silentAlleles ?? []), ofKit, ofKit];
  t.same(countSilentAlleles({ ...policys.document, silentAlleles }), { counted: 1, ofKits: 2 });
  t.same(countSilentAlleles({ mutation: rated }), { counted: 0, ofKits: 0 });
  t.end();
});

t.test('what the service said stands at the cell that it is about', (t) => {
  const fault = { code: 'CALCULATION_INVALID', detail: '', faults: [{ field: 'P2.TH01', message: 'no allele' }] }; // prettier-ignore
  const refused = readAnswer(pair(), { result: undefined, error: fault });
  t.equal(refused.faultOf('P2', 'TH01'), 'no allele');
  t.equal(refused.faultOf('P1', 'TH01'), undefined);
  t.ok(refused.areFaultsShown);
  const elsewhere = { ...fault, faults: [{ field: 'P2.SE33', message: 'no locus' }] };
  t.notOk(readAnswer(pair(), { result: undefined, error: elsewhere }).areFaultsShown);

  const lrs = [{ kind: 'finite', log10Lr: -2 }, { kind: 'finite', log10Lr: 0 }]; // prettier-ignore
  const population = {
    lrs,
    loci: [{ locus: 'TH01', lrs, consistent: [false, true], leftOut: [] }],
    omitted: [{ locus: 'FGA', reason: 'typed-in-one-person' }],
  };
  const answer = { result: { populations: [population] } as never, error: null };
  const { byLocus, notesOf, total } = readAnswer(pair(), answer);
  t.match(byLocus.get('TH01'), { log10Lr: -2, mark: { mark: 'mutation', steps: 1 } });
  t.same(notesOf('FGA'), [{ who: '', reason: 'typed-in-one-person' }]);
  t.equal(total?.log10Lr, -2);
  const siblings = readAnswer(askFor(pair(), 'full-siblings'), answer);
  t.equal(siblings.byLocus.get('TH01')?.mark, null, 'siblings fit whatever is typed');
  t.equal(readAnswer(pair(), { ...answer, error: fault }).total, undefined, 'no number of before');
  t.end();
});
