import t from 'tap';
import { readPersonJson } from '../../src/casework/intake/person-json.ts';
import { makeTemplate } from '../../src/casework/intake/templates.ts';
import { readConfig } from '../../src/platform/config.ts';
import { peopleOf } from '../formats/people.ts';
import { checkRow } from '../../src/casework/intake/row-rules.ts';
import type { PersonRow } from '../../src/formats/row.ts';
import type { Profile, Sex } from '../../src/kinship/index.ts';
import { outcomes, person, plan, whatIsThere } from './batch.ts';

/** What a row is refused for by its rules alone. */
const codesOf = (row: Partial<PersonRow>, minimumLoci = 1): string[] =>
  checkRow({ ...person('A'), ...row }, { minimumLoci }).map(({ code }) => code);

function profileOf(genotypes: Readonly<Record<string, string[]>>): Profile {
  const read = readPersonJson({ sampleId: 'A', genotypes }, 0);
  if (!('person' in read)) throw new Error(JSON.stringify(read));
  return read.person.profile;
}

t.test('loci are counted that a likelihood can use', (t) => {
  const three = { vWA: ['15'], FGA: ['20', '21'], TH01: ['9.3', '6'] };
  const unusable = { D3S1358: ['14', '15', '16'], D18S51: ['OL', '12'], D21S11: ['<24'] };
  const profile = profileOf({ ...three, ...unusable });
  t.same(codesOf({ profile }, 3), []);
  t.same(codesOf({ profile }, 4), ['TOO_FEW_LOCI']);
  t.match(checkRow({ ...person('A'), profile }, { minimumLoci: 4 }), [
    { field: null, message: /^3 loci can be compared, and 4 are asked for/ },
  ]);
  t.end();
});

t.test(
  'every template has as many loci as are asked for where nobody says otherwise',
  async (t) => {
    const { minimumLoci } = readConfig({});
    t.equal(minimumLoci, 8);
    t.throws(() => readConfig({ MINIMUM_LOCI: '0' }), { code: 'CONFIGURATION_INVALID' });
    for (const format of ['csv', 'csv-two-columns', 'genemapper', 'codis-xml'] as const) {
      for (const { profile } of await peopleOf(makeTemplate(format, 'relatives').text)) {
        t.same(codesOf({ profile }, minimumLoci), [], format);
      }
    }
  },
);

t.test('a sex is refused only where amelogenin shows the other', (t) => {
  const sexes: readonly Sex[] = ['male', 'female', 'unknown'];
  const refused = sexes.flatMap((sex) =>
    (['male', 'female'] as const)
      .filter((shows) => codesOf({ sex, amelogenin: { field: 'AMEL', shows } }).length > 0)
      .map((shows) => `${sex}, shows ${shows}`),
  );
  t.same(refused, ['male, shows female', 'female, shows male']);
  t.same(codesOf({ sex: 'male', amelogenin: null }), []);
  t.end();
});

t.test('the refusal says what is shown, what was stated, and what to do', (t) => {
  const shown = (sex: Sex, shows: 'male' | 'female') =>
    checkRow({ ...person('A'), sex, amelogenin: { field: 'AMEL', shows } }, { minimumLoci: 1 });
  t.match(shown('male', 'female'), [
    {
      field: 'AMEL',
      code: 'SEX_CONTRADICTED',
      message: /X alone \(female\), .* stated male, .* check whose .* AMEL-Y is deleted .* without amelogenin$/, // prettier-ignore
    },
  ]);
  t.match(shown('female', 'male'), [{ message: /X and Y \(male\), .* stated female, / }]);
  t.end();
});

t.test('a new row that breaks rules is refused for all of them, one that is there is not', (t) => {
  const wrong = person('A', { sex: 'male', amelogenin: { field: 'AMEL', shows: 'female' } });
  const refused = plan('unknowns', [wrong, person('B')], undefined, ['A'], 2);
  t.same(
    refused.rows.map(({ faults }) => faults.map(({ code }) => code)),
    [['CONSENT_MISSING', 'TOO_FEW_LOCI', 'SEX_CONTRADICTED'], ['TOO_FEW_LOCI']],
  );
  t.match(refused, { cases: [], samples: [] });
  const before = whatIsThere(plan('unknowns', [person('B')]));
  t.same(outcomes(plan('unknowns', [person('B')], before, [], 2)), ['unchanged']);
  t.end();
});
