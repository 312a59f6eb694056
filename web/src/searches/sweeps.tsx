import { Button, Group, Progress, Table, Text, VisuallyHidden } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { queries } from '../api/client.ts';
import { useMoment } from '../common/dates.ts';
import { ProblemAlert } from '../common/problem-alert.tsx';
import { Section } from '../common/section.tsx';
import { PaceLine } from './pace-line.tsx';
import type { Sweep } from './sweep.ts';
import { SweepDifferences } from './sweep-differences.tsx';
import { ScrollBox } from '../common/scroll-box.tsx';

const POLL_MS = 3_000;
const isRunning = ({ state }: Sweep): boolean => state === 'running';

export function Sweeps() {
  const { t } = useTranslation();
  const [shown, setShown] = useState<string | null>(null);
  const { data, dataUpdatedAt, error, refetch } = queries.useQuery(
    'get',
    '/v1/sweeps',
    {},
    // While nothing runs nothing is asked: a page that is left alone shall not keep its session.
    { refetchInterval: ({ state }) => (state.data?.sweeps.some(isRunning) ? POLL_MS : false) },
  );
  const shownSweep = data?.sweeps.find(({ id }) => id === shown);
  return (
    <Section title={t('searches.sweeps')} text={t('searches.sweepsText')}>
      {error && <ProblemAlert error={error} onRetry={() => void refetch()} />}
      {data?.sweeps.length === 0 && <Text size="sm">{t('searches.empty')}</Text>}
      {data && data.sweeps.length > 0 && (
        <ScrollBox label={t('searches.sweeps')}>
          <Table miw={720}>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{t('searches.created')}</Table.Th>
                <Table.Th>{t('searches.reason')}</Table.Th>
                <Table.Th>{t('searches.state')}</Table.Th>
                <Table.Th w={170}>{t('searches.blocks')}</Table.Th>
                <Table.Th ta="right">{t('searches.appeared')}</Table.Th>
                <Table.Th ta="right">{t('searches.gone')}</Table.Th>
                <Table.Th ta="right">{t('searches.changed')}</Table.Th>
                <Table.Th>
                  <VisuallyHidden>{t('searches.difference')}</VisuallyHidden>
                </Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {data.sweeps.map((sweep) => (
                <SweepRow
                  key={sweep.id}
                  sweep={sweep}
                  at={dataUpdatedAt}
                  isShown={shown === sweep.id}
                  onShow={() => {
                    setShown(shown === sweep.id ? null : sweep.id);
                  }}
                />
              ))}
            </Table.Tbody>
          </Table>
        </ScrollBox>
      )}
      {shownSweep && <SweepDifferences key={shownSweep.id} sweep={shownSweep} />}
    </Section>
  );
}

type SweepRowProps = {
  readonly sweep: Sweep;
  /** When the service said so, in ms since 1970. */
  readonly at: number;
  readonly isShown: boolean;
  readonly onShow: () => void;
};

function SweepRow({ sweep, at, isShown, onShow }: SweepRowProps) {
  const { t } = useTranslation();
  const moment = useMoment();
  const { blocks, differences, state, reason } = sweep;
  const total = blocks ? blocks.pending + blocks.done + blocks.failed : 0;
  return (
    <Table.Tr>
      <Table.Td className="numbers">{moment(sweep.requestedAt)}</Table.Td>
      <Table.Td>{t(`sweepReason.${reason}`)}</Table.Td>
      <Table.Td>{t(`sweepState.${state}`)}</Table.Td>
      <Table.Td>
        {blocks && (
          <Group gap="xs" wrap="nowrap">
            <Progress
              value={total === 0 ? 100 : (blocks.done / total) * 100}
              style={{ flex: 1 }}
              aria-label={t('searches.blocks')}
            />
            <Text size="xs" className="numbers">
              {t('searches.progressOf', { done: blocks.done, total })}
            </Text>
          </Group>
        )}
        {blocks && isRunning(sweep) && (
          <PaceLine progress={{ at, done: blocks.done, pending: blocks.pending }} />
        )}
      </Table.Td>
      {(['appeared', 'gone', 'changed'] as const).map((difference) => (
        <Table.Td key={difference} ta="right" className="numbers">
          {differences?.[difference] ?? '—'}
        </Table.Td>
      ))}
      <Table.Td>
        {differences && (
          <Button size="compact-xs" variant="default" aria-expanded={isShown} onClick={onShow}>
            {t('searches.difference')}
          </Button>
        )}
      </Table.Td>
    </Table.Tr>
  );
}
