import {
  Button,
  Group,
  List,
  NumberInput,
  Radio,
  Stack,
  Text,
  Textarea,
  Timeline,
} from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, asProblem, ifMatch, queries } from '../api/client.ts';
import type { paths } from '../api/schema.d.ts';
import { useChange } from '../candidates/use-change.ts';
import { useMoment } from '../common/dates.ts';
import { formText } from '../common/form-text.ts';
import { ProblemAlert } from '../common/problem-alert.tsx';
import { Section } from '../common/section.tsx';

type Reunion =
  paths['/v1/cases/{caseId}/reunion']['get']['responses'][200]['content']['application/json'];
type Step = NonNullable<
  paths['/v1/cases/{caseId}/reunion/steps']['post']['requestBody']
>['content']['application/json'];

/** What police were notified of, step by step, and the words for the first contact. */
export function ReunionSteps({ caseId }: { caseId: string }) {
  const { t, i18n } = useTranslation();
  const moment = useMoment();
  const { data, error } = queries.useQuery('get', '/v1/cases/{caseId}/reunion', {
    params: { path: { caseId } },
  });
  if (error && asProblem(error)?.status !== 404) return <ProblemAlert error={error} />;
  if (!data) {
    return (
      <Section title={t('cases.asked')}>
        <Text size="sm">{t('cases.nothingAsked')}</Text>
      </Section>
    );
  }
  const script = data.script[i18n.language === 'zh' ? 'zh' : 'en'];
  return (
    <>
      <Section title={t('cases.asked')} text={`${t('cases.otherCase')}: ${data.otherCase}`}>
        <Timeline active={data.steps.length} bulletSize={16} lineWidth={2}>
          {data.steps.map(({ at, state }) => (
            <Timeline.Item key={`${at} ${state}`} title={t(`reunionStep.${state}`)}>
              <Text size="sm" c="dimmed">
                {moment(at)}
              </Text>
            </Timeline.Item>
          ))}
        </Timeline>
        {data.next.length === 0 ? (
          <Text size="sm" mt="md">
            {t('cases.nothingAsked')}
          </Text>
        ) : (
          <StepForm key={data.version} caseId={caseId} reunion={data} />
        )}
      </Section>
      <Section title={t('cases.script')}>
        <List spacing="xs" type="ordered">
          {script.map((line) => (
            <List.Item key={line}>{line}</List.Item>
          ))}
        </List>
      </Section>
    </>
  );
}

function StepForm({ caseId, reunion: { next, version } }: { caseId: string; reunion: Reunion }) {
  const { t } = useTranslation();
  const [step, setStep] = useState<string | null>(null);
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
        if (said) say.mutate(said);
      }}
    >
      <Stack gap="sm" mt="md">
        <Radio.Group value={step} onChange={setStep} label={t('cases.asked')}>
          <Group mt={4}>
            {next.map((one) => (
              <Radio key={one} value={one} label={t(`reunionStep.${one}`)} required />
            ))}
          </Group>
        </Radio.Group>
        {step === 'consented' && (
          <Group align="flex-end">
            <Radio.Group name="by" label={t('cases.by')} defaultValue="person">
              <Group mt={4}>
                <Radio value="person" label={t('cases.person')} />
                <Radio value="guardian" label={t('cases.guardian')} />
              </Group>
            </Radio.Group>
            <NumberInput
              name="ageYears"
              label={t('cases.age')}
              required
              min={0}
              max={120}
              w={120}
            />
          </Group>
        )}
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

function readStep(step: string | null, form: HTMLFormElement): Step | null {
  const remark = formText(form, 'remark');
  if (step === 'consented') {
    const by = formText(form, 'by') === 'guardian' ? 'guardian' : 'person';
    return { step, consent: { by, ageYears: Number(formText(form, 'ageYears')) }, remark };
  }
  if (step === 'declined' || step === 'family-told' || step === 'reunited') return { step, remark };
  return null;
}
