import { Button, Group, Loader, Stack, Text, Title } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ProblemAlert } from '../common/problem-alert.tsx';
import { DistributionChart } from './distribution-chart.tsx';
import { PowerForm } from './power-form.tsx';
import { RecallChart } from './recall-chart.tsx';
import { ChanceByLoci, ChanceBySize } from './chance-charts.tsx';
import { type Power, type PowerQuery, usePower } from './use-power.ts';

/** What the LR of a relationship can tell at a set of loci, before anybody is typed. */
export function ChartsPage() {
  const { t } = useTranslation();
  const [query, setQuery] = useState<PowerQuery>({ relationship: 'parent-child' });
  const { power, error, isOld, refetch } = usePower(query);
  return (
    <Stack maw={1100}>
      <Group justify="space-between" align="flex-start">
        <div>
          <Title order={1} size="h2">
            {t('charts.title')}
          </Title>
          <Text c="dimmed">{t('charts.text')}</Text>
        </div>
        <Button
          className="no-print"
          variant="default"
          size="xs"
          onClick={() => {
            print();
          }}
        >
          {t('candidate.print')}
        </Button>
      </Group>
      <PowerForm query={query} power={power} onChange={setQuery} />
      <Group gap="xs" role="status" mih={24}>
        {isOld && (
          <>
            <Loader size="xs" />
            <Text size="sm">{t('charts.compute')}</Text>
          </>
        )}
      </Group>
      {error && <ProblemAlert error={error} onRetry={refetch} />}
      {power && (
        <Stack {...(isOld && { className: 'old-answer' })} aria-busy={isOld}>
          <DistributionChart power={power} />
          <RecallChart power={power} />
          <ChanceByLoci power={power} />
          <ChanceBySize power={power} />
          <Notes power={power} />
        </Stack>
      )}
    </Stack>
  );
}

/** What is exact, what was left out, and by what all of it is had again. */
function Notes({ power }: { power: Power }) {
  const { t } = useTranslation();
  const { drawnLoci, notInTable, method, provenance } = power;
  const { engineVersion, policyHash, frequencyTable } = provenance;
  return (
    <div>
      <Text size="sm">
        {drawnLoci.length === 0
          ? t('charts.exact')
          : t('charts.error', { loci: drawnLoci.join(', ') })}
      </Text>
      {notInTable.length > 0 && (
        <Text size="sm">{t('charts.notInTable', { loci: notInTable.join(', ') })}</Text>
      )}
      <Text size="xs" c="dimmed" className="codes">
        {t('charts.method', method)} · {engineVersion} · {policyHash} · {frequencyTable.name}{' '}
        {frequencyTable.contentHash}
      </Text>
    </div>
  );
}
