import { Button, Group, Radio, Stack, Textarea } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, ifMatch } from '../api/client.ts';
import type { paths } from '../api/schema.d.ts';
import { useChange } from '../common/use-change.ts';
import { formText } from '../common/form-text.ts';
import { ConsentFields } from './consent-fields.tsx';

type Reunion =
  paths['/v1/cases/{caseId}/reunion']['get']['responses'][200]['content']['application/json'];
type Step = NonNullable<
  paths['/v1/cases/{caseId}/reunion/steps']['post']['requestBody']
>['content']['application/json'];

/** From here on nobody consents for the person. */
const ADULT_YEARS = 16;

type StepFormProps = { readonly caseId: string; readonly reunion: Reunion };

/** Says what was done of what is asked. */
export function StepForm({ caseId, reunion: { next, version } }: StepFormProps) {
  const { t } = useTranslation();
  const [step, setStep] = useState<string | null>(null);
  const [isForAdult, setForAdult] = useState(false);
  const say = useChange((body: Step) =>
    api.POST('/v1/cases/{caseId}/reunion/steps', {
      params: { path: { caseId }, header: ifMatch(version) },
      body,
    }),
  );
  return (
    <form
      className="no-print"
      onSubmit={(event) => {
        event.preventDefault();
        const said = readStep(step, event.currentTarget);
        setForAdult(isRefused(said));
        if (said && !isRefused(said)) say.mutate(said);
      }}
    >
      <Stack gap="sm" mt="md">
        <Radio.Group value={step} onChange={setStep} label={t('policeReunion.done')}>
          <Group mt={4}>
            {next.map((one) => (
              <Radio key={one} value={one} label={t(`reunionStep.${one}`)} required />
            ))}
          </Group>
        </Radio.Group>
        {step === 'consented' && <ConsentFields isForAdult={isForAdult} />}
        <Textarea name="remark" label={t('cases.remark')} required maxLength={2000} autosize />
        <Group>
          <Button type="submit" disabled={step === null} loading={say.isPending}>
            {t('cases.do')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

/** The service refuses it as well; here it stands beside the field. */
function isRefused(said: Step | null): boolean {
  if (said?.step !== 'consented') return false;
  const { by, ageYears } = said.consent;
  return by === 'guardian' && ageYears >= ADULT_YEARS;
}

function readStep(step: string | null, form: HTMLFormElement): Step | null {
  const remark = formText(form, 'remark');
  if (step === 'consented') {
    const by = formText(form, 'by') === 'guardian' ? 'guardian' : 'person';
    return { step, consent: { by, ageYears: Number(formText(form, 'ageYears')) }, remark };
  }
  if (step === 'declined' || step === 'family-told' || step === 'reunited') return { step, remark };
  return null;
}
