import fc from 'fast-check';
import t from 'tap';
import { isBarcode as isServiceBarcode, makeBarcode } from '../../src/casework/custody/barcode.ts';
import { isNationalId as isServiceNationalId } from '../../src/casework/identities/national-id.ts';
import { isBarcode, readBarcode } from '../../web/src/samples/barcode.ts';
import { type Draft, newDraft, readAlleles } from '../../web/src/samples/draft.ts';
import { findFaults } from '../../web/src/samples/draft-faults.ts';
import { stepsOf } from '../../web/src/samples/draft-steps.ts';
import { isNationalId } from '../../web/src/samples/national-id.ts';

const TODAY = '2026-03-01';

t.test('the check character of a barcode, as ISO/IEC 7064 and the service have it', (t) => {
  t.ok(isBarcode('HW510104000000001M'), 'the example of docs/custody.md');
  t.equal(readBarcode(' hw510104 000000001m\n'), 'HW510104000000001M');
  fc.assert(
    fc.property(
      fc.integer({ min: 110000, max: 659999 }),
      fc.integer({ min: 1, max: 999_999_999 }),
      fc.integer({ min: 2, max: 17 }),
      fc.stringMatching(/^[0-9A-Z]$/),
      (division, serial, place, character) => {
        const barcode = makeBarcode(String(division), serial);
        fc.pre(barcode !== null);
        const changed = barcode.slice(0, place) + character + barcode.slice(place + 1);
        return isBarcode(barcode) && isBarcode(changed) === isServiceBarcode(changed);
      },
    ),
  );
  t.end();
});

t.test('numbers of identity cards, as the service has them', (t) => {
  t.ok(isNationalId('110105199512310023'));
  fc.assert(
    fc.property(
      fc.oneof(
        fc.stringMatching(/^[0-9A-Zx]{0,20}$/),
        fc.stringMatching(/^110105199512[0-3]\d\d{3}[\dX]$/),
      ),
      // Days that are in no calendar are left to the service.
      (text) => !isServiceNationalId(text) || isNationalId(text),
    ),
  );
  t.notOk(isNationalId('110105199512310024'), 'the last digit checks');
  t.end();
});

const draft = (rest: Partial<Draft> = {}): Draft => ({
  ...newDraft({ version: '2026-01', scanner: 'S-1', signedOn: TODAY }),
  ...{ barcode: 'HW510104000000001M', sampleId: 'P1', drawnAt: '2026-03-01T08:00:00Z' },
  ageYears: '40',
  ...rest,
});

t.test('what is wrong stands beside its field', (t) => {
  const faults = (rest: Partial<Draft>) => findFaults(draft(rest), TODAY);
  t.same(faults({}), {});
  t.same(faults({ barcode: 'HW510104000000001N' }), { barcode: 'barcodeWrong' });
  t.same(faults({ ageYears: '13' }), { signer: 'guardianSigns' });
  t.same(faults({ ageYears: '14' }), {});
  t.same(faults({ isDeceased: true }), { signer: 'kinSigns' });
  t.same(faults({ signer: 'next-of-kin' }), { signer: 'nobodyDied' });
  t.same(faults({ signedOn: '2026-03-02' }), { signedOn: 'dayInFuture' });
  t.same(faults({ ageYears: '131', version: '', sampleId: '-x' }), { ageYears: 'ageWrong', version: 'missing', sampleId: 'codeWrong' }); // prettier-ignore
  t.same(faults({ isTyped: true }), { family: 'missing', relation: 'missing', genotypes: 'noLocus' }); // prettier-ignore
  const typed = { isTyped: true, side: 'unknowns', genotypes: { TH01: '9.3' } } as const;
  t.same(faults(typed), {}, 'a person of unknown origin has no family');
  t.same(faults({ ...typed, phone: '12' }), { name: 'missing', phone: 'phoneWrong' });
  t.same(faults({ replaces: 'HW510104000000002K', version: '' }), {}, 'a redraw asks for no consent'); // prettier-ignore
  t.end();
});

t.test('a form is sent in the order in which the service takes it', (t) => {
  const kinds = (rest: Partial<Draft>) => stepsOf(draft(rest), 'key').map(({ kind }) => kind);
  t.same(kinds({}), ['consent', 'scans']);
  t.same(kinds({ isTyped: true }), ['consent', 'profile', 'scans']);
  t.same(kinds({ isTyped: true, name: '王芳' }), ['consent', 'profile', 'identity', 'scans']);
  t.same(kinds({ replaces: 'HW510104000000002K' }), ['scans']);
  const [, profile, , scan] = stepsOf(
    draft({
      ...{ isTyped: true, family: 'F1', relation: 'father', name: '王芳' },
      genotypes: { TH01: '9.3', D3S1358: '15，16', vWA: ' ' },
    }),
    'key',
  );
  t.same(profile, {
    ...{ kind: 'profile', side: 'relatives', batchKey: 'key' },
    row: {
      ...{ sampleId: 'P1', sex: 'unknown', kind: 'relative', family: 'F1', relation: 'father' },
      genotypes: { TH01: ['9.3'], D3S1358: ['15', '16'] },
    },
  });
  t.notMatch(JSON.stringify(scan), /王芳|9\.3/);
  t.same(readAlleles(' 15,16 / 17'), ['15', '16', '17']);
  t.end();
});
