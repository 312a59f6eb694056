import { List, Text, Timeline } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { asProblem, queries } from '../api/client.ts';
import { useMoment } from '../common/dates.ts';
import { ProblemAlert } from '../common/problem-alert.tsx';
import { Section } from '../common/section.tsx';
import { stepsAhead } from '../reunions/way.ts';
import { StepForm } from './step-form.tsx';

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
        <Text fw={600} mb="md" role="status">
          {t(`policeReunion.now.${data.state}`)}
        </Text>
        <Timeline active={data.steps.length - 1} bulletSize={16} lineWidth={2}>
          {data.steps.map(({ at, state }) => (
            <Timeline.Item key={`${at} ${state}`} title={t(`reunionStep.${state}`)}>
              <Text size="sm" c="dimmed">
                {moment(at)}
              </Text>
            </Timeline.Item>
          ))}
          {stepsAhead(data.state).map((ahead) => (
            <Timeline.Item
              key={ahead}
              lineVariant="dashed"
              title={<Text c="dimmed">{t(`reunionStep.${ahead}`)}</Text>}
            />
          ))}
        </Timeline>
        {data.next.length > 0 && <StepForm key={data.version} caseId={caseId} reunion={data} />}
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
