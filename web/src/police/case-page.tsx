import { Alert, Anchor, Badge, Group, Loader, Stack, Text, Timeline, Title } from '@mantine/core';
import { Link, useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { asProblem, queries } from '../api/client.ts';
import { useMoment } from '../common/dates.ts';
import { ProblemAlert } from '../common/problem-alert.tsx';
import { Section } from '../common/section.tsx';
import { ReunionSteps } from './reunion-steps.tsx';

/** Status and timeline of one case, and what is asked of its police. */
export function CasePage() {
  const { t } = useTranslation();
  const moment = useMoment();
  const { caseId } = useParams({ from: '/cases/$caseId' });
  const { data, error, refetch } = queries.useQuery('get', '/v1/cases/{caseId}', {
    params: { path: { caseId } },
  });
  const isMissing = asProblem(error)?.status === 404;
  return (
    <Stack maw={820}>
      <Anchor
        renderRoot={(props) => <Link to="/cases" {...props} />}
        size="sm"
        className="no-print"
      >
        ← {t('cases.title')}
      </Anchor>
      <Group gap="sm">
        <Title order={1} size="h2" className="codes">
          {caseId}
        </Title>
        {data && (
          <Badge size="lg" tt="none" variant="light">
            {t(`caseStatus.${data.status}`)}
          </Badge>
        )}
      </Group>
      {isMissing && <Alert color="orange">{t('cases.notFound')}</Alert>}
      {error && !isMissing && <ProblemAlert error={error} onRetry={() => void refetch()} />}
      {!data && !error && <Loader aria-label={t('app.loading')} />}
      {data && (
        <>
          <Text>
            {t(`cases.${data.kind}`)} · {t('cases.opened')} {moment(data.openedAt)}
          </Text>
          <Section title={t('cases.timeline')}>
            <Timeline active={data.history.length} bulletSize={16} lineWidth={2}>
              {data.history.map(({ at, status }) => (
                <Timeline.Item key={`${at} ${status}`} title={t(`caseStatus.${status}`)}>
                  <Text size="sm" c="dimmed">
                    {moment(at)}
                  </Text>
                </Timeline.Item>
              ))}
            </Timeline>
          </Section>
          <ReunionSteps caseId={caseId} />
        </>
      )}
    </Stack>
  );
}
