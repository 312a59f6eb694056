import { Table } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { formatLr } from '../common/numbers.ts';
import { ScrollBox } from '../common/scroll-box.tsx';
import type { CandidateSummary } from './candidate-view.ts';
import { StateBadge } from './state-badge.tsx';

/** The candidates that something is about to be done with. */
export function ChosenTable({ candidates }: { candidates: readonly CandidateSummary[] }) {
  const { t } = useTranslation();
  return (
    <div className="chosen">
      <ScrollBox label={t('candidateList.chosen')}>
        <Table miw={480}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t('candidates.person')}</Table.Th>
              <Table.Th>{t('candidates.family')}</Table.Th>
              <Table.Th ta="right">{t('candidates.lr')}</Table.Th>
              <Table.Th ta="right">{t('candidates.inconsistent')}</Table.Th>
              <Table.Th>{t('candidates.state')}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {candidates.map(({ id, unknown, family, log10Lr, lociInconsistent, state }) => (
              <Table.Tr key={id}>
                <Table.Td className="codes">{unknown}</Table.Td>
                <Table.Td className="codes">{family}</Table.Td>
                <Table.Td ta="right" className="numbers">
                  {formatLr(log10Lr)}
                </Table.Td>
                <Table.Td ta="right" className="numbers">
                  {lociInconsistent}
                </Table.Td>
                <Table.Td>
                  <StateBadge state={state} />
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </ScrollBox>
    </div>
  );
}
