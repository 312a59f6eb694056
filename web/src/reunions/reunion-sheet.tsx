import { Loader, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { ProblemAlert } from '../common/problem-alert.tsx';
import { Section } from '../common/section.tsx';
import { useMe } from '../common/use-me.ts';
import { EvidenceForm } from './evidence-form.tsx';
import { type Reunion, useReunion } from './reunion-detail.ts';
import { ReunionTimeline } from './reunion-timeline.tsx';
import { SampledPeople } from './sampled-people.tsx';
import { StepForm } from './step-form.tsx';

/** One reunion: who is sampled again, what was done, what is before it, and what is to be done now. */
export function ReunionSheet({ reunionId }: { reunionId: string }) {
  const { t } = useTranslation();
  const { data, error, refetch } = useReunion(reunionId);
  return (
    <Section
      anchor="reunion"
      title={t('reunions.one')}
      {...(data && { text: t(`reunions.is.${data.state}`) })}
    >
      {error && <ProblemAlert error={error} onRetry={() => void refetch()} />}
      {!data && !error && <Loader size="sm" role="status" aria-label={t('app.loading')} />}
      {data && <Parts reunion={data} />}
    </Section>
  );
}

function Parts({ reunion }: { reunion: Reunion }) {
  const { t } = useTranslation();
  const me = useMe();
  const { candidateId, people, next, version, unknownCaseNumber, familyCaseNumber } = reunion;
  return (
    <Stack gap="md">
      <Text size="sm">
        {t('reunions.cases')}{' '}
        <span className="codes">{`${unknownCaseNumber} · ${familyCaseNumber}`}</span>
      </Text>
      {people.length > 0 && <SampledPeople reunion={reunion} />}
      {candidateId === null && <Text size="sm">{t('reunions.withdrawn')}</Text>}
      <ReunionTimeline reunion={reunion} />
      <StepForm key={`step ${version}`} reunion={reunion} me={me} />
      {people.length > 0 && next.includes('re-sampled') && (
        <EvidenceForm key={`evidence ${version}`} reunion={reunion} />
      )}
    </Stack>
  );
}
