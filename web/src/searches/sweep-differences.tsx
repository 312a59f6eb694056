import { SegmentedControl, Table, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { queries } from '../api/client.ts';
import { formatLr } from '../common/numbers.ts';
import { ProblemAlert } from '../common/problem-alert.tsx';

const DIFFERENCES = ['appeared', 'gone', 'changed'] as const;
type Difference = (typeof DIFFERENCES)[number];

/** Candidates before and after one sweep. */
export function SweepDifferences({ sweepId }: { sweepId: string }) {
  const { t } = useTranslation();
  const [difference, setDifference] = useState<Difference>('appeared');
  const { data, error } = queries.useQuery('get', '/v1/sweeps/{sweepId}/differences', {
    params: { path: { sweepId }, query: { difference } },
  });
  return (
    <>
      <SegmentedControl
        mt="md"
        aria-label={t('searches.differences')}
        value={difference}
        onChange={(value) => {
          setDifference(DIFFERENCES.find((one) => one === value) ?? difference);
        }}
        data={DIFFERENCES.map((value) => ({ value, label: t(`searches.${value}`) }))}
      />
      {error && <ProblemAlert error={error} />}
      {data?.differences.length === 0 && <Text size="sm">{t('searches.noDifferences')}</Text>}
      {data && data.differences.length > 0 && (
        <Table mt="xs">
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t('candidates.person')}</Table.Th>
              <Table.Th>{t('candidates.family')}</Table.Th>
              <Table.Th ta="right">{t('searches.before')}</Table.Th>
              <Table.Th ta="right">{t('searches.now')}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {data.differences.map(({ candidateId, unknown, family, before, after }) => (
              <Table.Tr key={candidateId}>
                <Table.Td className="codes">{unknown}</Table.Td>
                <Table.Td className="codes">{family}</Table.Td>
                <Table.Td ta="right" className="numbers">
                  {before ? formatLr(before.log10Lr) : '—'}
                </Table.Td>
                <Table.Td ta="right" className="numbers">
                  {after ? formatLr(after.log10Lr) : '—'}
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      )}
    </>
  );
}
