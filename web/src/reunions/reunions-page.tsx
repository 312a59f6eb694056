import { Button, Loader, SegmentedControl, Stack, Text, Title } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ProblemAlert } from '../common/problem-alert.tsx';
import { ENDED, UNDER_WAY } from './way.ts';
import { ReunionTable } from './reunion-table.tsx';
import { useReunions } from './use-reunions.ts';

const STANDINGS = { underWay: UNDER_WAY, ended: ENDED } as const;
type Standing = keyof typeof STANDINGS;

/** Reunions under way, and those that have ended, the newest first. */
export function ReunionsPage() {
  const { t } = useTranslation();
  const [standing, setStanding] = useState<Standing>('underWay');
  const { reunions, error, isPending, refetch, more } = useReunions(STANDINGS[standing]);
  return (
    <Stack maw={1100}>
      <div>
        <Title order={1} size="h2">
          {t('reunions.title')}
        </Title>
        <Text c="dimmed">{t('reunions.text')}</Text>
      </div>
      <div>
        <SegmentedControl
          aria-label={t('reunions.standing')}
          value={standing}
          onChange={(value) => {
            setStanding(value === 'ended' ? 'ended' : 'underWay');
          }}
          data={[
            { value: 'underWay', label: t('reunions.underWay') },
            { value: 'ended', label: t('reunions.ended') },
          ]}
        />
      </div>
      {error && <ProblemAlert error={error} onRetry={refetch} />}
      {isPending && <Loader size="sm" role="status" aria-label={t('app.loading')} />}
      {reunions && <ReunionTable reunions={reunions} />}
      {more && (
        <div>
          <Button variant="default" onClick={more}>
            {t('reunions.more')}
          </Button>
        </div>
      )}
    </Stack>
  );
}
