import { Loader, SimpleGrid, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { queries } from '../api/client.ts';
import { useMoment } from '../common/dates.ts';
import { ProblemAlert } from '../common/problem-alert.tsx';
import { HealthSigns } from './health-alert.tsx';
import { DatabaseFacts, IndexFacts, OtherFacts } from './health-facts.tsx';
import { Page } from './page.tsx';
import { QueueTable } from './queue-table.tsx';

const POLL_MS = 10_000;

/** How queues, index, database and alarms stand now. */
export function HealthPage() {
  const { t } = useTranslation();
  const moment = useMoment();
  const { data, error, refetch } = queries.useQuery(
    'get',
    '/v1/health',
    {},
    { refetchInterval: POLL_MS },
  );
  return (
    <Page title={t('adminHealth.title')} text={t('adminHealth.text')}>
      {error && <ProblemAlert error={error} onRetry={() => void refetch()} />}
      {!data && !error && <Loader aria-label={t('app.loading')} />}
      {data && (
        <>
          <HealthSigns health={data} />
          <QueueTable queues={data.queues} />
          <SimpleGrid cols={{ base: 1, sm: 2, lg: 3 }} spacing="md">
            <IndexFacts health={data} />
            <DatabaseFacts health={data} />
            <OtherFacts health={data} />
          </SimpleGrid>
          <Text size="sm" c="dimmed">
            {t('adminHealth.measured', { at: moment(data.at) })}
          </Text>
        </>
      )}
    </Page>
  );
}
