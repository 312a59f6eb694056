import { SegmentedControl, Stack, Text, Title } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { queries } from '../api/client.ts';
import { ProblemAlert } from '../common/problem-alert.tsx';
import { FindingSheet } from './finding-sheet.tsx';

const STATES = ['open', 'settled'] as const;

/** Samples that show one person, or somebody of the staff, to be settled one by one. */
export function FindingsPage() {
  const { t } = useTranslation();
  const [state, setState] = useState<(typeof STATES)[number]>('open');
  const { data, error, refetch } = queries.useQuery('get', '/v1/findings', {
    params: { query: { state } },
  });
  return (
    <Stack maw={1000}>
      <div>
        <Title order={1} size="h2">
          {t('findings.title')}
        </Title>
        <Text c="dimmed">{t('findings.text')}</Text>
      </div>
      <div>
        <SegmentedControl
          aria-label={t('findings.state')}
          value={state}
          onChange={(value) => {
            setState(STATES.find((one) => one === value) ?? state);
          }}
          data={STATES.map((value) => ({ value, label: t(`findings.${value}`) }))}
        />
      </div>
      {error && <ProblemAlert error={error} onRetry={() => void refetch()} />}
      {data?.findings.length === 0 && <Text>{t('findings.empty')}</Text>}
      {data?.findings.map((finding) => (
        <FindingSheet key={finding.id} finding={finding} />
      ))}
      {data && data.total > data.findings.length && (
        <Text size="sm">{t('findings.more', { count: data.total })}</Text>
      )}
    </Stack>
  );
}
