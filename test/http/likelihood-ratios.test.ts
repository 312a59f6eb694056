import t, { type Test } from 'tap';
import { computeDocument } from '../../src/casework/likelihood-ratios/calculation-document.ts';
import { readFrequencyCsv } from '../../src/formats/frequency-csv.ts';
import { contentHash } from '../../src/platform/provenance.ts';
import { tangled } from '../casework/calculations.ts';
import { CHILD, FATHER, FREQUENCIES, LOCI, MOTHER, startTestService, type TestService } from './service.ts'; // prettier-ignore

const ROUTE = '/v1/likelihood-ratios';
const MISSING = '00000000-0000-4000-8000-000000000000';
/** No mutation: the closed forms below are exact. */
const PLAIN = { mutation: { model: 'none' } };

/** Somebody with these genotypes, in the order of LOCI. */
function person(id: string, cells: readonly string[], loci = LOCI) {
  const genotypes = Object.fromEntries(loci.map((locus, at) => [locus, cells[at]!.split(',')]));
  return { id, genotypes };
}

const TRIO = [person('child', CHILD), person('father', FATHER), person('mother', MOTHER)];

/** With a policy in force; the tests leave nothing behind in it. */
const service = await startTestService(t, { search: false });

function familyQuestion(...relations: string[]) {
  const relatives = relations.map((relation) => ({ id: relation, relation }));
  return { kind: 'family', person: 'child', relatives };
}

/** Two people of genotype 10,12 at every locus. */
const ALIKE = [person('elder', CHILD), person('younger', CHILD)];

function ask(body: unknown, { call }: TestService = service) {
  return call('analyst', 'POST', ROUTE, body);
}

/** Every frequency is 0.1; per locus the LR is `expected` where the two are 10,12. */
function expectLr(t: Test, lr: { log10Lr: number }, expected: number, what: string): void {
  const exact = LOCI.length * Math.log10(expected);
  t.ok(Math.abs(lr.log10Lr - exact) < 1e-9, `${what}: ${lr.log10Lr} is ${exact}`);
}

t.test('a family, by the closed form of one parent and of two', async (t) => {
  const [child, father, mother] = TRIO;
  const duo = await ask({ people: [child, father], question: familyQuestion('father'), parameters: PLAIN }); // prettier-ignore
  t.equal(duo.status, 200);
  const [population] = duo.body.populations;
  expectLr(t, population.lrs[0], 1 / (4 * 0.1), 'one parent shares one of two alleles');
  const trio = await ask({ people: [child, father, mother], question: familyQuestion('father', 'mother'), parameters: PLAIN }); // prettier-ignore
  expectLr(t, trio.body.populations[0].lrs[0], 0.25 / (2 * 0.1 * 0.1), 'both parents');
  t.match(population.lrs[1], { kind: 'finite', log10Lr: 0 });
  t.match(population.inconsistencies, [{ observed: 0 }, { observed: 0 }]);
  t.equal(population.loci.length, LOCI.length);
  t.match(duo.body.calculation.hypotheses[0].text, /child is the child of .*father/);
  t.match(duo.body, { engineVersion: /^homeward /, inputHash: /^[0-9a-f]{64}$/ });
});

t.test('relationships and pedigrees, weighed against each other', async (t) => {
  const siblings = 0.25 + 0.5 * (1 / 0.4 + 1 / 0.4) + 0.25 / (2 * 0.1 * 0.1);
  const halfSiblings = 0.5 + 0.5 * (1 / 0.4 + 1 / 0.4);
  const { status, body } = await ask({
    people: ALIKE,
    question: { kind: 'relationships', people: ['elder', 'younger'], relationships: ['full-siblings', 'paternal-half-siblings'] }, // prettier-ignore
    parameters: PLAIN,
    priors: [1, 1, 2],
  });
  t.equal(status, 200);
  const [{ lrs, posteriors }] = body.populations;
  expectLr(t, lrs[0], siblings, 'full siblings');
  expectLr(t, lrs[1], halfSiblings, 'half siblings');
  const weights = [siblings ** 8, halfSiblings ** 8, 2];
  const sum = weights.reduce((a, b) => a + b);
  t.ok(Math.abs(posteriors.reduce((a: number, b: number) => a + b) - 1) < 1e-12, 'sum to 1');
  posteriors.forEach((posterior: number, h: number) => {
    t.ok(Math.abs(posterior / (weights[h]! / sum) - 1) < 1e-9, `posterior of hypothesis ${h + 1}`);
  });

  const { hypotheses } = body.calculation;
  const again = await ask({
    people: ALIKE,
    question: { kind: 'pedigrees', hypotheses, asked: 'younger' },
    parameters: PLAIN,
    priors: [1, 1, 2],
  });
  t.same(again.body, body, 'the same as pedigrees');

  const against = await ask({
    people: ALIKE,
    question: { kind: 'relationships', people: ['elder', 'younger'], relationships: ['full-siblings'], against: 'paternal-half-siblings' }, // prettier-ignore
    parameters: PLAIN,
  });
  t.equal(against.body.calculation.hypotheses.length, 2);
  const itself = await ask({
    people: ALIKE,
    question: { kind: 'relationships', people: ['elder', 'younger'], relationships: ['full-siblings', 'avuncular'], against: 'full-siblings' }, // prettier-ignore
    parameters: PLAIN,
  });
  t.match(itself, { status: 422, body: { code: 'CALCULATION_INVALID' } }, 'nothing against itself');
  expectLr(t, against.body.populations[0].lrs[0], siblings / halfSiblings, 'full against half');
});

t.test('what the request leaves open is as the policy in force says', async (t) => {
  const request = { people: TRIO, question: familyQuestion('father', 'mother') };
  const { body } = await ask(request);
  const { body: listed } = await service.call('analyst', 'GET', '/v1/policies');
  t.same(body.calculation.parameters, listed.policies[0].document.params);
  t.equal(body.populations.length, 1);
  t.match(body.populations[0].frequencyTable, { name: 'test', contentHash: contentHash(FREQUENCIES) }); // prettier-ignore
  t.same(body.calculation.priors, [0.5, 0.5]);
  const named = await ask({ ...request, parameters: body.calculation.parameters, frequencyTables: [listed.policies[0].frequencyTableId] }); // prettier-ignore
  t.same(named.body, body);
});

t.test('several populations, the least favourable first, and computed again', async (t) => {
  const bare = await startTestService(t, { policy: false, search: false });
  const rarer = FREQUENCIES.replaceAll(/,(10|11|12|13),0\.1,20/g, ',$1,0.05,10').replaceAll(/,(14|15|16|17),0\.1,20/g, ',$1,0.15,30'); // prettier-ignore
  const upload = (name: string, csv: string) =>
    bare.call('admin', 'POST', `/v1/frequency-tables?name=${name}`, csv);
  const ids = [(await upload('rarer', rarer)).body.id, (await upload('even', FREQUENCIES)).body.id];
  const parameters = { mutation: { model: 'stepwise', male: { rate: 0.002 }, female: { rate: 0.001 } }, theta: 0.01 }; // prettier-ignore
  const request = { people: TRIO, question: familyQuestion('father', 'mother'), parameters };
  const { status, body } = await ask({ ...request, frequencyTables: ids }, bare);
  t.equal(status, 200);
  const [first, second] = body.populations;
  t.same([first.frequencyTable.name, second.frequencyTable.name], ['even', 'rarer']);
  t.ok(first.lrs[0].log10Lr < second.lrs[0].log10Lr);

  const { calculation } = body;
  const { hypotheses, asked, ...others } = calculation;
  const question = { kind: 'pedigrees', hypotheses, asked };
  const again = await ask({ ...others, question, frequencyTables: ids.toReversed() }, bare);
  t.same(again.body, body, 'by the service, the tables in another order');
  const tables = [rarer, FREQUENCIES].map((csv, place) => ({
    name: ['rarer', 'even'][place]!,
    contentHash: contentHash(csv),
    table: readFrequencyCsv(csv),
  }));
  const here = JSON.parse(JSON.stringify(computeDocument(calculation, tables)));
  t.same(here, body, 'without the service, from the files alone');
});

t.test('what cannot be computed is refused with the place and the reason', async (t) => {
  const [child, father, mother] = TRIO;
  const request = { people: [child, father], question: familyQuestion('father') };
  const alone = (locus: string, alleles: string[]) => ({ ...request, people: [{ id: 'child', genotypes: { [locus]: alleles } }, father] }); // prettier-ignore
  const member = (id: string, parents: [string, string] | [] = [], sex = 'unknown') => ({ id, father: parents[0] ?? null, mother: parents[1] ?? null, sex }); // prettier-ignore
  const unrelated = { text: 'unrelated', pedigree: [member('child'), member('father')] };
  const pedigrees = (pedigree: object[]) => ({ ...request, question: { kind: 'pedigrees', hypotheses: [{ text: 'H1', pedigree }, unrelated], asked: 'child' } }); // prettier-ignore
  const couples = Array.from({ length: 8 }, (_, n) => [member(`f${n}`, [], 'male'), member(`m${n}`, [], 'female')]).flat(); // prettier-ignore
  const crossed = Array.from({ length: 8 }, (_, n) => [member(`x${n}`, [`f${n}`, `m${n}`], 'male'), member(`y${n}`, [`f${n}`, `m${(n + 1) % 8}`], 'female')]).flat(); // prettier-ignore
  const knot = [...couples, ...crossed, ...Array.from({ length: 8 }, (_, n) => member(`z${n}`, [`x${n}`, `y${(n + 3) % 8}`], n % 2 ? 'male' : 'female')), member('child', ['z1', 'z4']), member('father', ['z3', 'z6'])]; // prettier-ignore
  const stepwise = { mutation: { model: 'stepwise', male: { rate: 0.002 }, female: { rate: 0.001 } }, theta: 0.02 }; // prettier-ignore
  const invalid = { status: 422, body: { code: 'CALCULATION_INVALID' } };
  const tries: [what: string, request: object, answer: object][] = [
    ['unknown locus', alone('D99S1', ['10', '11']), { ...invalid, body: { faults: [{ field: 'child.D99S1', message: /STRBase/ }] } }], // prettier-ignore
    ['allele of another locus', alone('TH01', ['10', 'abc']), { ...invalid, body: { faults: [{ field: 'child.TH01', message: /not an allele/ }] } }], // prettier-ignore
    ['person without genotypes', { ...request, people: [{ id: 'child', genotypes: {} }, father] }, { ...invalid, body: { faults: [{ field: 'child' }] } }], // prettier-ignore
    ['a name twice', { ...request, people: [child, father, father] }, { ...invalid, body: { faults: [{ field: 'father' }] } }], // prettier-ignore
    ['unknown table', { ...request, frequencyTables: [MISSING] }, { ...invalid, body: { detail: new RegExp(MISSING) } }], // prettier-ignore
    ['asked about nobody', { ...request, question: { ...familyQuestion('father'), person: 'nobody' } }, { ...invalid, body: { detail: /nobody is not among/ } }], // prettier-ignore
    ['outside the pedigree', { ...request, people: TRIO }, { ...invalid, body: { detail: /mother is typed .*PEDIGREE_INVALID/ } }], // prettier-ignore
    ['their own ancestor', pedigrees([member('child', ['father', 'm']), member('father', ['child', 'm'], 'male'), member('m')]), { ...invalid, body: { detail: /own ancestor/ } }], // prettier-ignore
    ['two fathers', { people: TRIO, question: { ...familyQuestion('father'), relatives: [{ id: 'father', relation: 'father' }, { id: 'mother', relation: 'father' }] } }, { ...invalid, body: { detail: /two of the relation father/ } }], // prettier-ignore
    ['too complex', { ...pedigrees(knot), parameters: stepwise }, { ...invalid, body: { detail: /PEDIGREE_TOO_COMPLEX/ } }], // prettier-ignore
    ['a prior too many', { ...request, priors: [1, 1, 1] }, { ...invalid, body: { detail: /one prior for each of the 2/ } }], // prettier-ignore
    ['no prior above 0', { ...request, priors: [0, 0] }, invalid],
    ['a prior below 0', { ...request, priors: [1, -1] }, { status: 400 }],
    ['one person', { ...request, people: [child] }, { status: 400 }],
    ['too many people', { ...request, people: Array.from({ length: 101 }, (_, n) => person(`p${n}`, CHILD)) }, { status: 400, body: { code: 'REQUEST_INVALID' } }], // prettier-ignore
    ['too many loci', { ...request, people: [{ id: 'child', genotypes: Object.fromEntries(Array.from({ length: 201 }, (_, n) => [`L${n}`, ['9']])) }, father] }, { status: 400 }], // prettier-ignore
    ['unknown relation', { ...request, question: familyQuestion('uncle') }, { status: 400 }],
    ['unknown key', { ...request, thetas: 1 }, { status: 400 }],
    ['too large', { ...request, people: [{ ...child, kit: 'x'.repeat(2 ** 21) }, mother] }, { status: 413, body: { code: 'BODY_TOO_LARGE' } }], // prettier-ignore
    ['inherited names', { people: [{ ...child, id: 'constructor' }, { ...father, id: '__proto__' }], question: { kind: 'relationships', people: ['__proto__', 'constructor'], relationships: ['identical'] } }, {}], // prettier-ignore
  ];
  for (const [what, body, answer] of tries) {
    const answered = await ask(body);
    t.match(answered, answer, what);
    t.ok(answered.status < 500, `${what}: ${answered.status}`);
  }
});

t.test('without a policy in force the request states everything', async (t) => {
  const bare = await startTestService(t, { policy: false, search: false });
  const table = await bare.call('admin', 'POST', '/v1/frequency-tables?name=test', FREQUENCIES);
  const request = { people: TRIO, question: familyQuestion('father', 'mother') };
  const refusal = { status: 422, body: { code: 'CALCULATION_INVALID', detail: /No policy is in force/ } }; // prettier-ignore
  t.match(await ask(request, bare), refusal);
  t.match(await ask({ ...request, parameters: PLAIN }, bare), refusal);
  t.match(await ask({ ...request, frequencyTables: [table.body.id] }, bare), refusal);
  const whole = { ...request, parameters: PLAIN, frequencyTables: [table.body.id] };
  t.equal((await ask(whole, bare)).status, 200);
});

t.test('only analysts ask, and the log holds nothing of anybody', async (t) => {
  const request = { people: TRIO, question: familyQuestion('father', 'mother') };
  for (const role of ['admin', 'collection-point', 'police'] as const) {
    const answer = await service.call(role, 'POST', ROUTE, request);
    t.match(answer, { status: 403, body: { code: 'PERMISSION_DENIED' } }, role);
  }
  const secret = { id: 'a-name-of-somebody', genotypes: { D21S11: ['31.2', '33.2'] } };
  const relatives = [{ id: secret.id, relation: 'father' }];
  const question = { kind: 'family', person: 'child', relatives };
  t.equal((await ask({ people: [TRIO[0], secret], question })).status, 200);
  const wrong = { ...secret, genotypes: { D21S11: ['31.2', 'thirty-three'] } };
  t.equal((await ask({ people: [TRIO[0], wrong], question })).status, 422);
  t.equal((await ask({ people: [TRIO[0], secret, TRIO[1]], question })).status, 422);
  const log = service.logged.join('');
  t.ok(log.includes(ROUTE));
  t.notMatch(log, /a-name-of-somebody|D21S11|31\.2"|thirty-three/);
});

t.test('a long calculation keeps nobody else waiting', async (t) => {
  const { people, question, parameters } = tangled(3);
  const genotypes = { TH01: ['12', '14'], TPOX: ['10', '11'] };
  const both = people.map(({ id }) => ({ id, genotypes }));
  const state = { isDone: false };
  const long = ask({ people: both, question, parameters }).finally(() => (state.isDone = true));
  const waits: number[] = [];
  while (!state.isDone) {
    const began = performance.now();
    t.equal((await service.call('analyst', 'GET', '/v1/candidates')).status, 200);
    waits.push(performance.now() - began);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  t.equal((await long).status, 200);
  const longest = Math.max(...waits);
  t.ok(waits.length > 5, `${waits.length} requests meanwhile`);
  t.ok(longest < 2000, `the longest took ${longest.toFixed(0)} ms`);
});
