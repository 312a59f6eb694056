import assert from 'node:assert/strict';
import fc from 'fast-check';
import t from 'tap';
import type { Relation } from '../../src/formats/relation.ts';
import { outcomes, person, plan, whatIsThere } from './batch.ts';

const relatives = fc.array(
  fc
    .record({
      sampleId: fc.constantFrom('A', 'B', 'C', 'D', 'E'),
      family: fc.constantFrom('F1', 'F2', null),
      relation: fc.constantFrom<(Relation | null)[]>('father', 'mother', 'sibling', null),
      allele: fc.constantFrom('15', '16'),
      fga: fc.constantFrom('20', '21', null),
    })
    .map(({ sampleId, ...rest }) => person(sampleId, rest)),
  { maxLength: 10 },
);

const AGAIN = {
  accepted: 'unchanged',
  extended: 'unchanged',
  unchanged: 'unchanged',
  refused: 'refused',
} as const;
const sides = fc.constantFrom('relatives' as const, 'unknowns' as const);

t.test('a batch planned again on what it created changes nothing', (t) => {
  const seen = new Set<string>();
  fc.assert(
    fc.property(sides, relatives, (side, batch) => {
      const first = plan(side, batch);
      const again = plan(side, batch, whatIsThere(first));
      const { cases, families, samples, extended } = again;
      assert.deepEqual([cases, families, samples, extended], [[], [], [], []]);
      assert.deepEqual(
        again.rows.map(({ outcome, caseId }) => [outcome, caseId]),
        first.rows.map(({ outcome, caseId }) => [AGAIN[outcome], caseId]),
      );
      for (const outcome of outcomes(first)) seen.add(outcome);
    }),
    { numRuns: 500 },
  );
  t.strictSame([...seen].sort(), [
    'accepted',
    'extended',
    'refused FIELD_INVALID',
    'refused FIELD_MISSING',
    'refused RELATIVE_EXISTS',
    'refused SAMPLE_CONFLICT',
    'refused TYPINGS_DISAGREE',
    'unchanged',
  ]);
  t.end();
});
