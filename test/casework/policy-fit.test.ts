import t from 'tap';
import { checkFit } from '../../src/casework/policies/policy-fit.ts';
import { readPolicyDocument } from '../../src/casework/policies/policy.schema.ts';
import { readFrequencyCsv } from '../../src/formats/frequency-csv.ts';
import { HomewardError } from '../../src/platform/errors.ts';

const COUNTED = readFrequencyCsv('locus,allele,frequency,count,N\nTH01,6,0.4,80,100\nTH01,9.3,0.6,120,100\n'); // prettier-ignore
const UNCOUNTED = readFrequencyCsv('locus,allele,frequency\nTH01,6,0.4\nTH01,9.3,0.6\n');
const SILENT = { locus: 'TH01', frequency: 0.01 };
const STEPWISE = { model: 'stepwise', male: { rate: 0.002 }, female: { rate: 0.001 } };

/** What a policy with these parameters is refused for. */
function refusalOf(params: object, table = COUNTED, dropOut = 0): HomewardError | null {
  try {
    const document = { params: { mutation: { model: 'none' }, ...params }, dropOut };
    checkFit(table, readPolicyDocument(document));
    return null;
  } catch (error) {
    if (error instanceof HomewardError) return error;
    throw error;
  }
}

t.test('what the search cannot compute is refused by its name, and the way out is said', (t) => {
  const matrix = [
    [0.9, 0.1],
    [0.2, 0.8],
  ];
  const custom = {
    model: 'custom',
    matrices: { TH01: { alleles: ['6', '9.3'], male: matrix, female: matrix } },
  };
  const rule = { rule: 'five-over-2n', appliesTo: 'all' };
  const refused: [params: object, field: string][] = [
    [{ theta: 0.01, silentAlleles: [SILENT] }, 'params.theta'],
    [{ mutation: custom }, 'params.mutation.model'],
    [{ mutation: { ...STEPWISE, stabilisation: 'PM' } }, 'params.mutation.stabilisation'],
    [{ minimumFrequency: { ...rule, appliesTo: 'observed' } }, 'params.minimumFrequency.appliesTo'],
    [{ minimumFrequency: { ...rule, renormalise: 'none' } }, 'params.minimumFrequency.renormalise'],
  ];
  for (const [params, field] of refused) {
    const refusal = refusalOf(params);
    t.match(refusal, { code: 'POLICY_INVALID', faults: [{ field }] }, field);
    t.match(refusal?.message, /likelihood-ratios can: params\./);
    t.ok(refusal?.message.includes(`${field}: `));
  }
  const all = Object.assign({}, ...refused.map(([params]) => params).toReversed()) as object;
  t.equal(refusalOf(all)?.faults.length, 3, 'everything is said at once');
  const hidden = refusalOf({ theta: 0.01 }, COUNTED, 0.05);
  t.match(hidden, { code: 'POLICY_INVALID', faults: [{ field: 'params.theta' }] }, 'drop-out');
  t.end();
});

t.test('what the search can compute is not refused', (t) => {
  const fixed = { rule: 'fixed', frequency: 0.001 };
  for (const params of [
    {},
    { mutation: STEPWISE },
    { mutation: { ...STEPWISE, model: 'onestep', stabilisation: 'none' } },
    { minimumFrequency: { rule: 'confidence-bound', appliesTo: 'all', renormalise: 'others' } },
    { minimumFrequency: { ...fixed, appliesTo: 'unseen', renormalise: 'all' } },
    { theta: 0, silent: false, untypedParent: 'population' },
    { theta: 0.02, mutation: STEPWISE },
    { theta: 0.02, silentAlleles: [{ ...SILENT, kit: 'a kit' }] },
    { silentAlleles: [SILENT, { ...SILENT, kit: 'a kit' }] },
  ]) {
    t.equal(refusalOf(params), null, JSON.stringify(params));
  }
  t.equal(refusalOf({ silentAlleles: [SILENT] }, COUNTED, 0.08), null, 'drop-out');
  t.end();
});

t.test('a rule that counts people needs a table that says how many there were', (t) => {
  for (const rule of ['five-over-2n', 'confidence-bound']) {
    for (const appliesTo of ['all', 'unseen']) {
      const refusal = refusalOf({ minimumFrequency: { rule, appliesTo } }, UNCOUNTED);
      t.match(refusal, { code: 'POLICY_INVALID', message: new RegExp(`TH01, .* ${rule} needs`) });
    }
  }
  const fixed = { rule: 'fixed', frequency: 0.001, appliesTo: 'unseen' };
  t.equal(refusalOf({ minimumFrequency: fixed }, UNCOUNTED), null);
  t.end();
});

t.test('a policy that version 0.1.0 stored reads like the same file now', (t) => {
  const file = { params: { mutation: STEPWISE }, threshold: 5000 };
  const stored = {
    params: {
      mutation: STEPWISE,
      untypedParent: 'mutates',
      minimumFrequency: { rule: 'five-over-2n', appliesTo: 'all' },
      theta: 0,
      silent: false,
    },
    threshold: 5000,
    priorInDatabase: 0.5,
  };
  t.strictSame(readPolicyDocument(stored), readPolicyDocument(file));
  t.strictSame(readPolicyDocument(readPolicyDocument(stored)), readPolicyDocument(stored));
  t.end();
});
