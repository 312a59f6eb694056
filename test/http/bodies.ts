import { formFor } from './consent-forms.ts';
import { makePair } from './machine.ts';
import { CHILD, FATHER, LOCI, POLICY } from './service.ts';

const IDENTITY = {
  name: '王芳',
  nationalId: '110105199512310023',
  phone: '+86 138 0013 8000',
  address: '成都市锦江区一号',
};

const person = (id: string, cells: readonly string[]): object => ({
  id,
  genotypes: Object.fromEntries(LOCI.slice(0, 2).map((locus, at) => [locus, cells[at]!.split(',')])), // prettier-ignore
});

/** Good bodies, by operation; those of JSON are changed in every place. */
export const BODIES: Readonly<Record<string, readonly unknown[]>> = {
  'POST /v1/batches': [
    { rows: [{ sampleId: 'U9', kind: 'unknown', sex: 'F', family: '', relation: '', genotypes: { TH01: ['9'] } }] }, // prettier-ignore
  ],
  'POST /v1/policies': [
    { name: 'p', frequencyTableId: '00000000-0000-4000-8000-000000000000', document: POLICY },
  ],
  'POST /v1/sweeps': [{ reason: 'by-hand' }],
  'POST /v1/candidates/{candidateId}/decisions': [
    { verdict: 'inconclusive', reason: 'because', cause: 'other-relative' },
  ],
  'POST /v1/candidates/dispositions': [
    { verdict: 'excluded', reason: 'by chance', candidates: [{ id: '00000000-0000-4000-8000-000000000000', version: 1 }] }, // prettier-ignore
  ],
  'POST /v1/candidates/{candidateId}/reopenings': [{ reason: 'another kit' }],
  'POST /v1/candidates/{candidateId}/comments': [{ text: 'look at D12S391' }],
  'POST /v1/findings/{findingId}/settlement': [{ verdict: 'twins', reason: 'from one egg' }],
  'PUT /v1/staff-profiles/{staffCode}': [
    {
      consent: { version: 'S1', purpose: 'contamination-check', signedOn: '2026-01-05' },
      genotypes: Object.fromEntries(LOCI.map((locus) => [locus, ['10', '11']])),
    },
  ],
  'POST /v1/webhooks': [{ jurisdiction: '51', url: 'https://police.example/homeward' }],
  'POST /v1/canaries': [{ point: 'TEST', unknown: 'U1', family: 'F1' }],
  'POST /v1/candidates/{candidateId}/reunions': [{ remark: 'call them in' }],
  'POST /v1/reunions/{reunionId}/evidence': [
    { remark: 'second cards', people: [person('child', CHILD), person('father', FATHER)] },
  ],
  'POST /v1/reunions/{reunionId}/steps': [{ step: 'confirmed', remark: 'all agree' }],
  'POST /v1/cases/{caseId}/reunion/steps': [
    { step: 'declined', remark: 'wants no contact' },
    { step: 'consented', remark: 'wants it', consent: { by: 'person', ageYears: 19 } },
  ],
  'POST /v1/candidates/{candidateId}/claims': [{ analystId: 'user_0123456789abcdef', minutes: 60 }],
  'POST /v1/likelihood-ratios': [
    {
      people: [person('child', CHILD), person('father', FATHER)],
      question: { kind: 'family', person: 'child', relatives: [{ id: 'father', relation: 'father' }] }, // prettier-ignore
      parameters: { mutation: { model: 'none' } },
    },
  ],
  'POST /v1/consents': [
    { consents: [formFor('U1', { deceased: false, retainUntil: '2030-01-01' })] },
  ],
  'PUT /v1/samples/{sampleId}/identity': [{ ...IDENTITY, photo: 'iVBORw0KGgo=' }],
  'POST /v1/identities': [{ identities: [{ sampleId: 'U1', ...IDENTITY }] }],
  'PUT /v1/cases/{caseId}/features': [
    { sex: 'female', born: { earliest: '1994-02-01', latest: '1995-03-31' }, happened: { earliest: '1998-05-01', latest: '1998-05-01' }, division: '510104', position: { latitude: 30.67, longitude: 104.06 }, description: '左肩有疤' }, // prettier-ignore
  ],
  'POST /v1/legal-holds': [{ caseId: 'HW-0000000000', reason: 'a court', until: '2099-01-01' }],
  'POST /v1/break-glass': [{ caseId: 'HW-0000000000', reason: 'a child is in danger tonight' }],
  'POST /v1/break-glass/{grantId}/review': [{ verdict: 'justified', remark: 'it was' }],
  'POST /v1/collection-points': [
    { code: 'POINT-7', name: 'seven', division: '510100', address: '锦江区一号', phone: '+86 28 8666 0000', position: { latitude: 30.67, longitude: 104.06 }, monthlyQuota: 100 }, // prettier-ignore
  ],
  'PUT /v1/collection-points/{pointId}': [{ name: 'seven', division: '510100' }],
  'PUT /v1/collection-points/{pointId}/state': [{ state: 'active', reason: 'the power is back' }],
  'POST /v1/barcodes': [
    { collectionPointId: '00000000-0000-4000-8000-000000000000', count: 2, kit: 'card', lot: 'L1', expiresOn: '2099-01-01' }, // prettier-ignore
  ],
  'POST /v1/custody/scans': [
    { scans: [{ barcode: 'HW510104000000001M', event: 'drawn', at: '2026-06-01T08:00:00Z', scanner: 'S1', party: 'courier', sampleId: 'U1', replaces: 'HW510104000000001M' }] }, // prettier-ignore
  ],
  'POST /v1/custody/alarms/{alarmId}/resolution': [{ reason: 'it was found' }],
  'POST /v1/api-keys': [
    { role: 'analyst', name: 'a', expiresInDays: 1 },
    { role: 'police', name: 'p', jurisdiction: '51' },
    { role: 'collection-point', name: 'm', collectionPointId: '00000000-0000-4000-8000-000000000000', publicKey: makePair().publicKey }, // prettier-ignore
  ],
  'POST /v1/api-keys/{keyId}/rotation': [{ expiresInDays: 30, overlapHours: 24 }],
  'POST /v1/users': [
    { role: 'analyst', name: 'a', subject: 'somebody' },
    { role: 'police', name: 'p', subject: 'somebody-else', jurisdiction: '51' },
  ],
};
