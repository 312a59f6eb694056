import { Button, Group, Progress, Table, Text, VisuallyHidden } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { queries } from '../api/client.ts';
import type { paths } from '../api/schema.d.ts';
import { useMoment } from '../common/dates.ts';
import { ProblemAlert } from '../common/problem-alert.tsx';
import { Section } from '../common/section.tsx';
import { SweepDifferences } from './sweep-differences.tsx';
import { ScrollBox } from '../common/scroll-box.tsx';

type Sweep =
  paths['/v1/sweeps']['get']['responses'][200]['content']['application/json']['sweeps'][number];

const POLL_MS = 3_000;
const isRunning = ({ state }: Sweep): boolean => state === 'running';

export function Sweeps() {
  const { t } = useTranslation();
  const [shown, setShown] = useState<string | null>(null);
  const { data, error, refetch } = queries.useQuery(
    'get',
    '/v1/sweeps',
    {},
    // While nothing runs nothing is asked: a page that is left alone shall not keep its session.
    { refetchInterval: ({ state }) => (state.data?.sweeps.some(isRunning) ? POLL_MS : false) },
  );
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
                  onShow={() => {
                    setShown(shown === sweep.id ? null : sweep.id);
                  }}
                />
              ))}
            </Table.Tbody>
          </Table>
        </ScrollBox>
      )}
      {shown !== null && <SweepDifferences sweepId={shown} />}
    </Section>
  );
}

function SweepRow({ sweep, onShow }: { sweep: Sweep; onShow: () => void }) {
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
      </Table.Td>
      {(['appeared', 'gone', 'changed'] as const).map((difference) => (
        <Table.Td key={difference} ta="right" className="numbers">
          {differences?.[difference] ?? '—'}
        </Table.Td>
      ))}
      <Table.Td>
        {differences && (
          <Button size="compact-xs" variant="default" onClick={onShow}>
            {t('searches.difference')}
          </Button>
        )}
      </Table.Td>
    </Table.Tr>
  );
}
