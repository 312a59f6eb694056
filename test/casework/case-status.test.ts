import t from 'tap';
import { CASE_STATUSES, statusOf } from '../../src/casework/cases/case-status.ts';

const TRUTH: [searched: boolean, open: number, supported: number, status: string][] = [
  [false, 0, 0, 'registered'],
  [true, 0, 0, 'searching'],
  [false, 1, 0, 'under-review'],
  [true, 7, 0, 'under-review'],
  [false, 0, 1, 'lead-supported'],
  [true, 0, 2, 'lead-supported'],
  [false, 3, 1, 'lead-supported'],
  [true, 3, 1, 'lead-supported'],
];

t.test('the status follows from what was found, the most advanced first', (t) => {
  for (const [searched, openCandidates, supportedCandidates, status] of TRUTH) {
    t.equal(statusOf({ searched, openCandidates, supportedCandidates }), status);
  }
  t.strictSame(new Set(TRUTH.map(([, , , status]) => status)), new Set(CASE_STATUSES));
  t.end();
});
