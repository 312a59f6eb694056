import t from 'tap';
import { planBatch } from '../../src/casework/intake/batch-plan.ts';
import type { RowOutcome } from '../../src/formats/row.ts';
import { profileOf } from '../kinship/small-table.ts';
import { father, mother, outcomes, person, plan, whatIsThere } from './batch.ts';

t.test('a person of unknown origin opens a case of their own', (t) => {
  const { rows, cases, families, samples } = plan('unknowns', [
    person('A'),
    person('B', { sex: 'male' }),
  ]);
  t.match(cases, [
    { kind: 'unknown-origin', division: '110000' },
    { kind: 'unknown-origin', division: '110000' },
  ]);
  t.strictSame(families, []);
  t.match(samples, [
    { code: 'A', sex: 'unknown', familyId: null, relation: null, caseId: cases[0]!.id },
    { code: 'B', sex: 'male', familyId: null, relation: null, caseId: cases[1]!.id },
  ]);
  t.match(rows, [
    { row: 2, sampleId: 'A', outcome: 'accepted', caseId: cases[0]!.number, faults: [] },
    { row: 3, sampleId: 'B', outcome: 'accepted', caseId: cases[1]!.number, faults: [] },
  ]);
  t.not(cases[0]!.number, cases[1]!.number);
  t.end();
});

t.test('father and mother of one family share its case, wherever they stand in the batch', (t) => {
  const { rows, cases, families, samples } = plan('relatives', [
    father('A', 'F1'),
    mother('B', 'F2'),
    mother('C', 'F1'),
  ]);
  t.match(cases, [{ kind: 'missing-child' }, { kind: 'missing-child' }]);
  t.match(families, [
    { code: 'F1', caseId: cases[0]!.id },
    { code: 'F2', caseId: cases[1]!.id },
  ]);
  t.strictSame(
    samples.map(({ familyId }) => familyId),
    [families[0]!.id, families[1]!.id, families[0]!.id],
  );
  t.equal(rows[0]!.caseId, rows[2]!.caseId);
  t.not(rows[0]!.caseId, rows[1]!.caseId);
  t.end();
});

t.test('a relative joins a family that an earlier batch opened', (t) => {
  const first = [father('A', 'F1')];
  const opened = plan('relatives', first);
  const second = plan('relatives', [mother('B', 'F1')], whatIsThere(opened));
  t.strictSame(outcomes(second), ['accepted']);
  t.strictSame([second.cases, second.families], [[], []]);
  t.equal(second.samples[0]!.familyId, opened.families[0]!.id);
  t.equal(second.rows[0]!.caseId, opened.cases[0]!.number);
  t.end();
});

t.test('a family that another point opened is named by the number of its case', (t) => {
  const there = { id: 'f', caseId: 'c', caseNumber: 'HW-7K2M9QX4T1', relations: ['father' as const] }; // prettier-ignore
  const theirs = { samples: [], families: [{ ...there, code: null }] };
  const cards = ['HW-7K2M9QX4T1', 'hw-7k2m9qx4ti', 'HW-7K2M9QX4TL'];
  for (const card of cards) {
    const planned = plan('relatives', [mother('B', card)], theirs);
    t.strictSame(outcomes(planned), ['accepted'], card);
    t.match(planned, { cases: [], families: [], samples: [{ familyId: 'f', caseId: 'c' }] });
    t.equal(planned.rows[0]!.caseId, there.caseNumber);
  }
  t.strictSame(outcomes(plan('relatives', [father('B', cards[0]!)], theirs)), ['refused RELATIVE_EXISTS']); // prettier-ignore
  const nobodys = plan('relatives', [mother('B', 'HW-7K2M9QX4T2'), mother('C', 'F1')], theirs);
  t.strictSame(outcomes(nobodys), ['refused CASE_UNKNOWN', 'accepted'], 'and no family is opened');
  t.equal(nobodys.families.length, 1);

  const ids = { sampleId: 's', profileId: 'p', familyId: 'f' };
  const sent = {
    ...ids,
    code: 'B',
    sex: 'female' as const,
    family: null,
    relation: 'mother' as const,
  };
  const known = { ...sent, profile: mother('B', '').profile, caseNumber: there.caseNumber };
  const again = (family: string | null, caseNumber: string | null) =>
    outcomes(plan('relatives', [{ ...mother('B', ''), family }], { families: [], samples: [{ ...known, caseNumber }] })); // prettier-ignore
  t.strictSame(again(cards[1]!, there.caseNumber), ['unchanged']);
  for (const [family, number] of [
    [null, null],
    ['F1', null],
    ['HW-7K2M9QX4T2', null],
    ['F1', there.caseNumber],
  ] as const)
    // prettier-ignore
    t.strictSame(again(family, number), ['refused SAMPLE_CONFLICT'], `${family} ${number}`);

  const own = { samples: [], families: [{ ...there, code: 'F1' }] };
  const both = plan('relatives', [mother('B', 'F1'), mother('C', cards[0]!)], own);
  t.strictSame(outcomes(both), ['accepted', 'refused RELATIVE_EXISTS'], 'one’s own by either name');
  t.end();
});

t.test('a second father is refused, in the same batch and in a later one', (t) => {
  const batch = [father('A', 'F1'), father('B', 'F1'), mother('C', 'F1')];
  const both = plan('relatives', batch);
  t.strictSame(outcomes(both), ['accepted', 'refused RELATIVE_EXISTS', 'accepted']);
  t.match(both.rows[1]!, { sampleId: 'B', caseId: null, faults: [{ field: 'relation' }] });
  t.strictSame(
    both.samples.map(({ code }) => code),
    ['A', 'C'],
  );
  const later = plan('relatives', [father('D', 'F1')], whatIsThere(both));
  t.strictSame(outcomes(later), ['refused RELATIVE_EXISTS']);
  t.end();
});

t.test('of an ancestor there is one in a family, of all others any number', (t) => {
  const ancestors = ['father', 'mother', 'paternal-grandfather', 'paternal-grandmother', 'maternal-grandfather', 'maternal-grandmother'] as const; // prettier-ignore
  const others = ['sibling', 'paternal-half-sibling', 'maternal-half-sibling', 'paternal-uncle', 'paternal-aunt', 'maternal-uncle', 'maternal-aunt'] as const; // prettier-ignore
  for (const relation of [...ancestors, ...others]) {
    const second = ancestors.some((one) => one === relation) ? 'refused RELATIVE_EXISTS' : 'accepted'; // prettier-ignore
    const family = { family: 'F1', relation };
    const both = plan('relatives', [person('A', family), person('B', family)]);
    t.strictSame(outcomes(both), ['accepted', second], relation);
    const later = plan('relatives', [person('C', family)], whatIsThere(both));
    t.strictSame(outcomes(later), [second], `${relation}, in a later batch`);
    t.equal(both.families.length, 1);
  }
  t.end();
});

t.test('a relative without family or relation is refused, and opens no family', (t) => {
  const refused = plan('relatives', [
    person('A', { relation: 'father' }),
    person('B', { family: 'F1' }),
    person('C'),
  ]);
  t.strictSame(outcomes(refused), Array(3).fill('refused FIELD_MISSING'));
  t.strictSame(
    refused.rows.map(({ faults }) => faults[0]?.field),
    ['family', 'relation', 'family'],
  );
  t.match(refused, { cases: [], families: [], samples: [] });
  t.end();
});

t.test('a person of unknown origin with a family or a relation is refused', (t) => {
  const refused = plan('unknowns', [
    person('A', { family: 'F1' }),
    person('B', { relation: 'mother' }),
    mother('C', 'F'),
  ]);
  t.strictSame(outcomes(refused), Array(3).fill('refused FIELD_INVALID'));
  t.strictSame(
    refused.rows.map(({ faults }) => faults[0]?.field),
    ['family', 'relation', 'family'],
  );
  t.match(refused, { cases: [], families: [], samples: [] });
  t.end();
});

t.test('a row repeated within the batch is unchanged, with another content a conflict', (t) => {
  const planned = plan('unknowns', [
    person('A'),
    person('A'),
    person('A', { allele: '16' }),
    person('A', { sex: 'male' }),
  ]);
  t.strictSame(outcomes(planned), [
    'accepted',
    'unchanged',
    'refused TYPINGS_DISAGREE',
    'refused SAMPLE_CONFLICT',
  ]);
  t.equal(planned.rows[1]!.caseId, planned.rows[0]!.caseId);
  t.equal(planned.samples.length, 1);
  t.end();
});

t.test('a known sample that is somebody else is a conflict', (t) => {
  const before = [father('A', 'F1')];
  const known = whatIsThere(plan('relatives', before));
  const others = [
    father('A', 'F2'),
    mother('A', 'F1'),
    person('A'),
    { ...before[0]!, sex: 'unknown' as const },
  ];
  for (const other of others) {
    const planned = plan('relatives', [other], known);
    t.strictSame(outcomes(planned), ['refused SAMPLE_CONFLICT']);
    t.match(planned, { cases: [], families: [], samples: [] });
  }
  t.end();
});

t.test('more loci of a known sample extend it, fewer say nothing, others are refused', (t) => {
  const first = plan('relatives', [father('A', 'F1')]);
  const known = whatIsThere(first);
  const { id, familyId, profileId, profile } = first.samples[0]!;
  const again = (genotypes: Record<string, string>, withoutConsent: string[] = []) =>
    plan('relatives', [{ ...father('A', 'F1'), profile: profileOf(genotypes) }], known, withoutConsent); // prettier-ignore

  const more = again({ FGA: '<18,20', vWA: '15' });
  t.strictSame(outcomes(more), ['extended']);
  t.match(more, { cases: [], families: [], samples: [] });
  t.match(more.rows, [{ caseId: first.cases[0]!.number, notes: [{ field: 'FGA' }] }]);
  const whole = profileOf({ vWA: '15', FGA: '<18,20' });
  t.match(more.extended, [{ id, familyId, relation: 'father', supersedes: profileId }]);
  t.same(more.extended[0]!.profile, whole);
  t.not(more.extended[0]!.profileId, profileId);

  const none = again({ vWA: '15' });
  t.strictSame([outcomes(none), none.extended], [['unchanged'], []]);
  for (const [genotypes, loci] of [
    [{ vWA: '16', FGA: '20' }, ['vWA']],
    [{ vWA: '15,16' }, ['vWA']],
    [{ vWA: '>16' }, ['vWA']],
  ] as const) {
    const other = again(genotypes);
    t.strictSame([outcomes(other), other.extended], [['refused TYPINGS_DISAGREE'], []]);
    t.same(other.rows[0]!.faults.map(({ field }) => field), loci); // prettier-ignore
  }
  t.same(known.samples[0]!.profile, profile, 'what is kept stays');
  t.strictSame(outcomes(again({ FGA: '20' }, ['A'])), ['refused CONSENT_MISSING']);
  t.strictSame(outcomes(again({ vWA: '15' }, ['A'])), ['unchanged']);
  t.end();
});

t.test('more loci in the same batch are written at once, and twice the same sample once', (t) => {
  const batch = [
    person('A'),
    person('A', { fga: '20' }),
    person('A', { fga: '21' }),
    person('A', { fga: '20' }),
  ];
  const one = plan('unknowns', batch);
  t.strictSame(outcomes(one), ['accepted', 'extended', 'refused TYPINGS_DISAGREE', 'unchanged']);
  t.same(
    one.samples.map(({ profile }) => profile),
    [batch[1]!.profile],
  );
  t.strictSame(one.extended, []);

  const known = whatIsThere(plan('unknowns', batch.slice(0, 1)));
  const D3 = { ...batch[0]!, profile: profileOf({ D3S1358: '14' }) };
  const later = plan('unknowns', [batch[1]!, D3], known);
  t.strictSame([outcomes(later), later.samples], [['extended', 'extended'], []]);
  t.same(
    later.extended.map(({ profile }) => profile),
    [profileOf({ vWA: '15', FGA: '20', D3S1358: '14' })],
  );
  t.end();
});

t.test('more loci of another sex by amelogenin are refused', (t) => {
  const there = whatIsThere(plan('relatives', [father('A', 'F1')]));
  const amelogenin = { field: 'AMEL', shows: 'female' as const };
  const again = { ...father('A', 'F1'), profile: profileOf({ FGA: '20' }), amelogenin };
  const planned = plan('relatives', [again], there);
  t.strictSame(outcomes(planned), ['refused SEX_CONTRADICTED']);
  t.strictSame(planned.extended, []);
  t.end();
});

t.test('two kits in one file may call the family by its code and by its case', (t) => {
  const { families } = whatIsThere(plan('relatives', [mother('B', 'F1')]));
  const [family] = families;
  const rows = [
    father('A', family!.caseNumber),
    { ...father('A', 'F1'), profile: profileOf({ FGA: '20' }) },
  ];
  t.strictSame(outcomes(plan('relatives', rows, { samples: [], families })), [
    'accepted',
    'extended',
  ]);
  t.end();
});

t.test('a row that could not be read is refused with its faults, the others go on', (t) => {
  const faults = [{ field: 'vWA', code: 'ALLELE_INVALID' as const, message: 'no allele' }];
  const unread: RowOutcome = { row: 2, sampleId: 'A', faults };
  const notes = [{ field: 'vWA', message: 'kept' }];
  const { rows, samples } = planBatch(
    'unknowns',
    '',
    [unread, { row: 3, person: person('B', { notes }) }],
    { samples: [], families: [], withdrawn: [], withoutConsent: new Set() },
    { minimumLoci: 1 },
  );
  t.match(rows, [
    { row: 2, sampleId: 'A', outcome: 'refused', caseId: null, faults },
    { row: 3, sampleId: 'B', outcome: 'accepted', notes },
  ]);
  t.equal(samples.length, 1);
  t.end();
});

t.test('a code whose sample was withdrawn is not taken again', (t) => {
  const planned = planBatch(
    'unknowns',
    '',
    [{ row: 2, person: person('A') }],
    { samples: [], families: [], withdrawn: ['A'], withoutConsent: new Set() },
    { minimumLoci: 1 },
  );
  t.strictSame(outcomes(planned), ['refused SAMPLE_WITHDRAWN']);
  t.match(planned, { cases: [], families: [], samples: [] });
  t.end();
});

t.test('a row without a consent is refused, the others of its family go on', (t) => {
  const people = [father('A', 'F1'), mother('B', 'F1'), person('C')];
  const planned = plan('relatives', people.slice(0, 2), undefined, ['A']);
  t.strictSame(outcomes(planned), ['refused CONSENT_MISSING', 'accepted']);
  t.match(planned.samples, [{ code: 'B' }]);
  t.equal(planned.cases.length, 1);
  t.match(plan('unknowns', people.slice(2), undefined, ['C']), { cases: [], samples: [] });
  const known = whatIsThere(plan('unknowns', people.slice(2)));
  t.strictSame(outcomes(plan('unknowns', people.slice(2), known, ['C'])), ['unchanged']);
  t.end();
});
