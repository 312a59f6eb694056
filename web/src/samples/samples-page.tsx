import {
  Button,
  Group,
  Loader,
  SegmentedControl,
  Stack,
  Text,
  TextInput,
  Title,
} from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ProblemAlert } from '../common/problem-alert.tsx';
import { Alarms } from './alarms.tsx';
import { Redraws } from './redraws.tsx';
import { SampleTable } from './sample-table.tsx';
import { type SampleState, useSamples } from './use-samples.ts';

const STATES = ['all', 'awaited', 'typed', 'withdrawn'] as const;
const REST_MS = 300;

/** Where the samples of this collection point stand: neither whose they are nor what was typed. */
export function SamplesPage() {
  const { t } = useTranslation();
  const [shown, setShown] = useState<(typeof STATES)[number]>('all');
  const [typed, setTyped] = useState('');
  const [prefix] = useDebouncedValue(typed.trim(), REST_MS);
  const state: SampleState | null = shown === 'all' ? null : shown;
  const { samples, error, isPending, refetch, hasNextPage, isFetchingNextPage, fetchNextPage } =
    useSamples(state, prefix);
  return (
    <Stack maw={1200}>
      <div>
        <Title order={1} size="h2">
          {t('samples.title')}
        </Title>
        <Text c="dimmed">{t('samples.text')}</Text>
      </div>
      <Redraws />
      <Alarms />
      <Group align="flex-end">
        <SegmentedControl
          aria-label={t('samples.state')}
          value={shown}
          onChange={(value) => {
            setShown(STATES.find((one) => one === value) ?? shown);
          }}
          data={STATES.map((value) => ({ value, label: t(`samples.states.${value}`) }))}
        />
        <TextInput
          label={t('samples.prefix')}
          value={typed}
          onChange={({ currentTarget: { value } }) => {
            setTyped(value);
          }}
          maxLength={64}
          autoComplete="off"
          classNames={{ input: 'codes' }}
        />
      </Group>
      {error !== null && <ProblemAlert error={error} onRetry={() => void refetch()} />}
      {isPending && <Loader size="sm" aria-label={t('app.loading')} />}
      {!isPending && error === null && <SampleTable samples={samples} />}
      {hasNextPage && (
        <Group>
          <Button
            variant="default"
            loading={isFetchingNextPage}
            onClick={() => void fetchNextPage()}
          >
            {t('samples.more')}
          </Button>
        </Group>
      )}
    </Stack>
  );
}
