import { Button, Group, Paper, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { ConfirmButton } from '../common/confirm-button.tsx';
import { useMoment } from '../common/dates.ts';
import { canKeep } from './can-keep.ts';
import type { Entry } from './entry.ts';
import { outboxOf, type PersonOutbox } from './person-outbox.ts';
import { RefusalAlert } from './refusal-alert.tsx';
import { useWaiting } from './waiting.ts';

/** Everything that is queued, with what the service said to what it refused. */
export function WaitingList({ owner }: { owner: string }) {
  const { t } = useTranslation();
  const waiting = useWaiting();
  const act = (change: (outbox: PersonOutbox) => unknown) => (): void => {
    void outboxOf(owner).then(change);
  };
  return (
    <Stack>
      <Text size="sm">{t(canKeep() ? 'offline.kept' : 'offline.notKept')}</Text>
      {waiting.length === 0 && <Text>{t('offline.empty')}</Text>}
      {waiting.map((entry) => (
        <WaitingEntry
          key={entry.id}
          entry={entry}
          onRetry={act(({ outbox }) => outbox.retry(entry))}
          onDiscard={act(({ outbox }) => outbox.discard(entry.id))}
        />
      ))}
      {waiting.some(({ refusal }) => refusal === null) && (
        <Button
          variant="default"
          onClick={act(({ wake }) => {
            wake();
          })}
        >
          {t('offline.sendNow')}
        </Button>
      )}
    </Stack>
  );
}

type EntryProps = {
  readonly entry: Entry;
  readonly onRetry: () => void;
  readonly onDiscard: () => void;
};

function WaitingEntry({ entry, onRetry, onDiscard }: EntryProps) {
  const { t } = useTranslation();
  const moment = useMoment();
  const { title, queuedAt, steps, done, refusal, putOff = 0 } = entry;
  return (
    <Paper component="article" withBorder p="sm" aria-label={title}>
      <Text fw={600} className="codes">
        {title}
      </Text>
      <Text size="sm" c="dimmed">
        {moment(queuedAt)} · {t('offline.stepsDone', { done, total: steps.length })}
      </Text>
      {putOff > 0 && <Text size="sm">{t('offline.putOff', { count: putOff })}</Text>}
      {refusal && <RefusalAlert entry={entry} />}
      <Group mt="xs" gap="xs">
        {refusal && (
          <Button size="compact-xs" variant="default" onClick={onRetry}>
            {t('app.tryAgain')}
          </Button>
        )}
        <ConfirmButton
          label={t('offline.discard')}
          question={t('offline.confirmDiscard', { title })}
          onConfirmed={onDiscard}
        />
      </Group>
    </Paper>
  );
}
