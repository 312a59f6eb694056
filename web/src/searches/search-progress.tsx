import { Progress, SimpleGrid, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { queries } from '../api/client.ts';
import { ProblemAlert } from '../common/problem-alert.tsx';
import { Section } from '../common/section.tsx';
import { PaceLine } from './pace-line.tsx';

const POLL_MS = 2_000;
const FIGURES = ['unknowns', 'families', 'couples', 'pending', 'done', 'failed'] as const;

export function SearchProgress() {
  const { t, i18n } = useTranslation();
  const { data, dataUpdatedAt, error, refetch } = queries.useQuery(
    'get',
    '/v1/searches/progress',
    {},
    { refetchInterval: POLL_MS },
  );
  const total = data ? data.pending + data.done + data.failed : 0;
  const share = data && total > 0 ? ((data.done + data.failed) / total) * 100 : 100;
  return (
    <Section title={t('searches.progress')}>
      {error && <ProblemAlert error={error} onRetry={() => void refetch()} />}
      {data && (
        <>
          <SimpleGrid cols={{ base: 3, sm: 6 }} mb="sm">
            {FIGURES.map((figure) => (
              <div key={figure}>
                <Text size="sm" c="dimmed">
                  {t(`searches.${figure}`)}
                </Text>
                <Text fw={700} size="lg" className="numbers">
                  {data[figure].toLocaleString(i18n.language)}
                </Text>
              </div>
            ))}
          </SimpleGrid>
          <Progress value={share} aria-label={t('searches.progress')} />
          <PaceLine progress={{ at: dataUpdatedAt, done: data.done, pending: data.pending }} />
          {data.pending === 0 && (
            <Text size="sm" mt="xs">
              {t('searches.idle')}
            </Text>
          )}
        </>
      )}
    </Section>
  );
}
