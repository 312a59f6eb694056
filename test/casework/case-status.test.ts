import t from 'tap';
import { CASE_STATUSES, statusOf } from '../../src/casework/cases/case-status.ts';

const TRUTH: [
  hasSamples: boolean,
  searched: boolean,
  open: number,
  supported: number,
  status: string,
][] = [
  [true, false, 0, 0, 'registered'],
  [true, true, 0, 0, 'searching'],
  [true, false, 1, 0, 'under-review'],
  [true, true, 7, 0, 'under-review'],
  [true, false, 0, 1, 'lead-supported'],
  [true, true, 0, 2, 'lead-supported'],
  [true, false, 3, 1, 'lead-supported'],
  [true, true, 3, 1, 'lead-supported'],
  [false, true, 3, 1, 'withdrawn'],
];

const REUNIONS = [
  ['re-sampling', 're-sampling'],
  ['re-sampled', 're-sampling'],
  ['confirmed', 'confirmed'],
  ['notified', 'confirmed'],
  ['consented', 'confirmed'],
  ['family-told', 'confirmed'],
  ['reunited', 'reunited'],
  ['declined', 'contact-declined'],
] as const;

t.test('the status follows from what was found, the most advanced first', (t) => {
  for (const [hasSamples, searched, openCandidates, supportedCandidates, status] of TRUTH) {
    const findings = { hasSamples, searched, openCandidates, supportedCandidates };
    t.equal(statusOf({ ...findings, reunions: [] }), status);
    t.equal(
      statusOf({ ...findings, reunions: ['refuted', 'undone'] }),
      status,
      'as if never begun',
    );
    for (const [reunion, reached] of REUNIONS) {
      const expected = hasSamples ? reached : 'withdrawn';
      t.equal(statusOf({ ...findings, reunions: ['undone', reunion] }), expected, reunion);
    }
  }
  const statuses = [...TRUTH, ...REUNIONS].map((row) => row.at(-1));
  t.strictSame(new Set(statuses), new Set(CASE_STATUSES));
  t.end();
});
