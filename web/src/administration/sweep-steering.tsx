import { Button, Group, Select, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, queries } from '../api/client.ts';
import type { paths } from '../api/schema.d.ts';
import { ConfirmButton } from '../common/confirm-button.tsx';
import { useMoment } from '../common/dates.ts';
import { ProblemAlert } from '../common/problem-alert.tsx';
import { Section } from '../common/section.tsx';
import { useFormChange } from './use-form-change.ts';

type Sweep =
  paths['/v1/sweeps']['get']['responses'][200]['content']['application/json']['sweeps'][number];

const REASONS = ['by-hand', 'kit'] as const;

/** Starts a sweep, stops the one that runs, and goes on with one that was stopped. */
export function SweepSteering() {
  const { t } = useTranslation();
  const { data, error, refetch } = queries.useQuery('get', '/v1/sweeps');
  const last = data?.sweeps[0];
  return (
    <Section title={t('adminSearch.steering')} text={t('adminSearch.steeringText')}>
      <Stack gap="sm">
        {error && <ProblemAlert error={error} onRetry={() => void refetch()} />}
        {last && <LastSweep sweep={last} />}
        {last?.state !== 'running' && <StartSweep />}
      </Stack>
    </Section>
  );
}

function StartSweep() {
  const { t } = useTranslation();
  const [reason, setReason] = useState<(typeof REASONS)[number]>('by-hand');
  const { submit, error } = useFormChange({
    send: (body: { reason: (typeof REASONS)[number] }) => api.POST('/v1/sweeps', { body }),
  });
  return (
    <>
      <Group align="flex-end" gap="sm">
        <Select
          label={t('searches.reason')}
          value={reason}
          onChange={(value) => {
            setReason(REASONS.find((one) => one === value) ?? reason);
          }}
          data={REASONS.map((value) => ({ value, label: t(`sweepReason.${value}`) }))}
          allowDeselect={false}
          w={220}
        />
        <ConfirmButton
          label={t('searches.start')}
          question={t('adminSearch.confirmStart')}
          onConfirmed={() => {
            submit({ reason });
          }}
        />
      </Group>
      {error !== null && <ProblemAlert error={error} />}
    </>
  );
}

function LastSweep({ sweep: { id, state, reason, requestedAt, blocks } }: { sweep: Sweep }) {
  const { t } = useTranslation();
  const moment = useMoment();
  const path = { params: { path: { sweepId: id } } };
  const cancel = useFormChange({ send: () => api.POST('/v1/sweeps/{sweepId}/cancel', path) });
  const resume = useFormChange({ send: () => api.POST('/v1/sweeps/{sweepId}/resume', path) });
  const failed = blocks?.failed ?? 0;
  const error = cancel.error ?? resume.error;
  return (
    <>
      <Group gap="sm">
        <Text size="sm" role="status">
          {t('adminSearch.last', {
            at: moment(requestedAt),
            reason: t(`sweepReason.${reason}`),
            state: t(`sweepState.${state}`),
          })}{' '}
          {failed > 0 && t('adminSearch.failedBlocks', { count: failed })}
        </Text>
        {state === 'running' && (
          <ConfirmButton
            label={t('adminSearch.cancel')}
            question={t('adminSearch.confirmCancel')}
            onConfirmed={() => {
              cancel.submit(undefined);
            }}
          />
        )}
        {(state === 'cancelled' || (state === 'running' && failed > 0)) && (
          <Button
            size="compact-xs"
            variant="default"
            loading={resume.isPending}
            onClick={() => {
              resume.submit(undefined);
            }}
          >
            {t('searches.resume')}
          </Button>
        )}
      </Group>
      {error !== null && <ProblemAlert error={error} />}
    </>
  );
}
