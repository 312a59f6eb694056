import fc from 'fast-check';
import t from 'tap';
import { parse } from 'csv-parse/sync';
import { tableLabel } from '../../web/src/common/table-label.ts';
import { writeDifferencesCsv } from '../../web/src/searches/differences-csv.ts';
import { addProgress, type Progress, readPace } from '../../web/src/searches/pace.ts';
import { compareParameters } from '../../web/src/searches/policy-parameters.ts';
import { readPeriods } from '../../web/src/searches/policy-periods.ts';

t.test('two tables of one name are not the same', (t) => {
  const hashes = ['sha256:0123456789abcdef', 'sha256:fedcba9876543210'];
  const [first, second] = hashes.map((contentHash) => ({ frequencyTable: tableLabel({ name: 'Han', contentHash }) })); // prettier-ignore
  t.equal(first?.frequencyTable, 'Han · 01234567');
  t.match(compareParameters(first, second), [{ path: ['frequencyTable'], differs: true }]);
  t.end();
});

t.test('the pace is that of the last minute', (t) => {
  t.equal(readPace([]), null);
  const start = { at: 1_000_000, done: 10, pending: 90 };
  t.equal(readPace(addProgress([], start)), null, 'looked at once');
  const looks = (seconds: number): Progress[] =>
    Array.from({ length: seconds }, (_, at) => ({ at: at * 1000, done: at < 200 ? 0 : at - 200, pending: 1000 })); // prettier-ignore
  const seen = looks(300).reduce<Progress[]>(addProgress, []);
  t.ok(seen.length <= 61, `${seen.length} are kept`);
  t.same(readPace(seen), { perMinute: 60, msLeft: 1_000_000 }, 'one a second, whatever was before');
  t.same(readPace(looks(100).reduce<Progress[]>(addProgress, [])), { perMinute: 0, msLeft: null }); // prettier-ignore
  t.same(addProgress(seen, { at: 300_000, done: 1, pending: 5 }).length, 1, 'other work');
  t.end();
});

t.test('work at one pace ends when it was said', (t) => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 500 }),
      fc.integer({ min: 2, max: 400 }),
      (aSecond, looks) => {
        // prettier-ignore
        const total = aSecond * 1000;
        const seen = Array.from({ length: looks }, (_, at) => ({ at: at * 1000, done: at * aSecond, pending: total - at * aSecond })); // prettier-ignore
        const { msLeft } = readPace(seen.reduce<Progress[]>(addProgress, []))!;
        return Math.abs(msLeft! - (1000 - (looks - 1)) * 1000) < 1e-3;
      },
    ),
  );
  t.end();
});

const document = {
  params: {
    mutation: {
      model: 'equal',
      male: { rate: 0.002 },
      perLocus: { FGA: { male: { rate: 0.003 } } },
    },
    theta: 0,
    silentAlleles: [{ locus: 'FGA', kit: 'old', frequency: 0.01 }],
  },
  threshold: 10_000,
};

t.test('two policies value by value', (t) => {
  t.ok(compareParameters(document, document).every(({ differs }) => !differs));
  const { params } = document;
  const second = { params: { ...params, mutation: { model: 'none' }, silentAlleles: [] }, threshold: 10_000, dropOut: 0.1 }; // prettier-ignore
  const compared = compareParameters(document, second);
  const differing = compared.filter(({ differs }) => differs);
  t.same(
    differing.map(({ path, values }) => [path.join('.'), ...values]),
    [
      ['params.mutation.model', 'equal', 'none'],
      ['params.mutation.male.rate', '0.002', null],
      ['params.mutation.perLocus.FGA.male.rate', '0.003', null],
      ['params.silentAlleles.FGA (old).locus', 'FGA', null],
      ['params.silentAlleles.FGA (old).kit', 'old', null],
      ['params.silentAlleles.FGA (old).frequency', '0.01', null],
      ['params.silentAlleles', null, ''],
      ['dropOut', null, '0.1'],
    ],
  );
  t.same(compared.find(({ path }) => path.join() === 'threshold')?.values, ['10000', '10000']);
  t.end();
});

t.test('a policy is in force until another is', (t) => {
  const sweep = (reason: 'policy' | 'by-hand', policyId: string, requestedAt: string) => ({ reason, policyId, requestedAt }); // prettier-ignore
  const periods = readPeriods([
    sweep('policy', 'a', '2026-03-01'),
    sweep('by-hand', 'b', '2026-02-15'),
    sweep('policy', 'b', '2026-02-01'),
    sweep('policy', 'a', '2026-01-01'),
  ]);
  t.same(periods.get('a'), [
    { from: '2026-01-01', until: '2026-02-01' },
    { from: '2026-03-01', until: null },
  ]);
  t.same(periods.get('b'), [{ from: '2026-02-01', until: '2026-03-01' }]);
  t.end();
});

t.test('what a spreadsheet reads of the differences is what they are, and no formula', (t) => {
  const outcome = fc.option(
    fc.record({
      relationship: fc.constantFrom('father' as const, 'both-parents' as const),
      log10Lr: fc.double({ noNaN: true, noDefaultInfinity: true }),
    }),
  );
  const code = fc.oneof(
    fc.string({ minLength: 1 }),
    fc.constantFrom('=1+1', '@a', '-b', '"a",\r\nb'),
  );
  const pair = fc.record({ candidateId: fc.uuid(), unknown: code, family: code, before: outcome, after: outcome }); // prettier-ignore
  fc.assert(
    fc.property(fc.array(pair, { maxLength: 5 }), (pairs) => {
      const csv = writeDifferencesCsv('changed', pairs);
      const [header, ...rows] = parse(csv, { bom: true, record_delimiter: '\r\n' });
      const read = (value: string | undefined): string =>
        value?.replace(/^'(?=[=+\-@\t\r])/, '') ?? '';
      t.equal(header?.length, 8);
      t.equal(rows.length, pairs.length);
      rows.forEach(([, person, family, , before, , now, id], at) => {
        const { unknown, family: expected, before: old, after, candidateId } = pairs[at]!;
        t.same([read(person), read(family), id], [unknown, expected, candidateId]);
        t.same(
          [before, now],
          [old, after].map((one) => String(one?.log10Lr ?? '')),
        );
        t.notMatch(person, /^[=+\-@\t\r]/);
      });
    }),
  );
  t.end();
});
