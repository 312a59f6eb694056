import { Button, Group, SegmentedControl, Stack, Text, TextInput, Title } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { DataTable } from '../common/data-table.tsx';
import { useMoment } from '../common/dates.ts';
import { Section } from '../common/section.tsx';
import { OutcomeAlert } from '../offline/outcome-alert.tsx';
import { RefusalAlert } from '../offline/refusal-alert.tsx';
import { useSubmit } from '../offline/use-submit.ts';
import { Alarms } from './alarms.tsx';
import { ScanField } from './scan-field.tsx';

const EVENTS = ['dispatched', 'lost'] as const;
const SCANNER = 'console';
const MOST_SCANS = 1_000;

type Scan = { readonly barcode: string; readonly at: string };

/** Many tubes that go the same way: scanned one after the other, sent together. */
export function TubesPage() {
  const { t } = useTranslation();
  const [event, setEvent] = useState<(typeof EVENTS)[number]>('dispatched');
  const [party, setParty] = useState('');
  const [scans, setScans] = useState<readonly Scan[]>([]);
  const submission = useSubmit();
  const { data: result, isPending } = submission;
  const add = (barcode: string): void => {
    submission.clear();
    const isThere = scans.some((one) => one.barcode === barcode);
    if (!isThere) setScans([{ barcode, at: new Date().toISOString() }, ...scans]);
  };
  const send = (): void => {
    const receiver = event === 'dispatched' ? party.trim() || null : null;
    const rest = { event, scanner: SCANNER, party: receiver };
    const sent = new Set(scans.map(({ barcode }) => barcode));
    // Kept until they are taken: what was refused is seen beside its tube.
    const step = { kind: 'scans', scans: scans.map((scan) => ({ ...scan, ...rest })) } as const;
    submission.mutate(
      { title: t('tubes.scansOf', { count: scans.length, event: t(`tubes.events.${event}`) }), steps: [step] }, // prettier-ignore
      {
        onSuccess: ({ state }) => {
          if (state !== 'refused')
            setScans((all) => all.filter(({ barcode }) => !sent.has(barcode)));
        },
      },
    );
  };
  return (
    <Stack maw={1000}>
      <div>
        <Title order={1} size="h2">
          {t('tubes.title')}
        </Title>
        <Text c="dimmed">{t('tubes.text')}</Text>
      </div>
      <Section title={t('tubes.scan')}>
        <Stack gap="sm">
          <SegmentedControl
            aria-label={t('tubes.event')}
            value={event}
            onChange={(value) => {
              setEvent(EVENTS.find((one) => one === value) ?? event);
            }}
            data={EVENTS.map((value) => ({ value, label: t(`tubes.events.${value}`) }))}
          />
          {event === 'dispatched' && (
            <TextInput
              label={t('tubes.party')}
              description={t('tubes.partyHelp')}
              value={party}
              onChange={({ currentTarget: { value } }) => {
                setParty(value);
              }}
              maxLength={100}
              autoComplete="off"
              maw={360}
            />
          )}
          <ScanField onScan={add} isClosed={isPending || scans.length >= MOST_SCANS} />
          {scans.length > 0 && (
            <ScanTable
              scans={scans}
              isPending={isPending}
              onRemove={(barcode) => {
                setScans(scans.filter((one) => one.barcode !== barcode));
              }}
            />
          )}
          <SendLine count={scans.length} isPending={isPending} onSend={send} />
          {result?.state === 'refused' && <RefusalAlert entry={result.entry} />}
          {result && result.state !== 'refused' && (
            <OutcomeAlert
              isSent={result.state === 'sent'}
              text={t(result.state === 'sent' ? 'tubes.sent' : 'collection.queued')}
            />
          )}
        </Stack>
      </Section>
      <Alarms />
    </Stack>
  );
}

type SendProps = {
  readonly count: number;
  readonly isPending: boolean;
  readonly onSend: () => void;
};

function SendLine({ count, isPending, onSend }: SendProps) {
  const { t } = useTranslation();
  return (
    <Group>
      <Button disabled={count === 0} loading={isPending} onClick={onSend}>
        {t('tubes.send', { count })}
      </Button>
    </Group>
  );
}

type ScanTableProps = {
  readonly scans: readonly Scan[];
  readonly isPending: boolean;
  readonly onRemove: (barcode: string) => void;
};

function ScanTable({ scans, isPending, onRemove }: ScanTableProps) {
  const { t } = useTranslation();
  const moment = useMoment();
  return (
    <DataTable
      label={t('tubes.scanned')}
      rows={scans}
      keyOf={({ barcode }) => barcode}
      columns={[
        { title: t('collection.barcode'), of: ({ barcode }) => barcode, as: 'code' },
        { title: t('tubes.at'), of: ({ at }) => moment(at), as: 'moment' },
        {
          title: t('tubes.remove'),
          of: ({ barcode }) => (
            <Button
              size="compact-xs"
              variant="default"
              disabled={isPending}
              aria-label={t('tubes.removeOf', { barcode })}
              onClick={() => {
                onRemove(barcode);
              }}
            >
              {t('tubes.remove')}
            </Button>
          ),
        },
      ]}
    />
  );
}
