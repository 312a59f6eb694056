import { Alert, Table, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { formatGain, formatLr } from '../common/numbers.ts';
import type { Candidate } from './candidate-detail.ts';

/** log10 LRs that differ by less are one: sums in another order differ in their last digits. */
const SAME_LOG10 = 1e-6;

/** What the round before came to, where another one is open: its LR beside the present one, and why. */
export function RoundBefore({ candidate }: { candidate: Candidate }) {
  const { t } = useTranslation();
  const { before, round, log10Lr, notes } = candidate;
  if (!before) return null;
  const gain = log10Lr - before.log10Lr;
  const reasons = notes.filter((note) => note.kind === 'reopening' && note.round === round);
  return (
    <Alert
      color="blue"
      title={t('roundBefore.title', {
        round: before.round,
        verdict: t(`state.${before.state}`),
      })}
    >
      {reasons.map(({ text, writtenAt }) => (
        <Text key={writtenAt} size="sm">
          {t('roundBefore.reason')} {text}
        </Text>
      ))}
      {Math.abs(gain) <= SAME_LOG10 ? (
        <Text size="sm">{t('roundBefore.same', { lr: formatLr(log10Lr) })}</Text>
      ) : (
        <Table maw={420} aria-label={t('roundBefore.changed')}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t('roundBefore.changed')}</Table.Th>
              <Table.Th ta="right">{t('candidates.lr')}</Table.Th>
              <Table.Th ta="right">{t('candidate.log10')}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {[
              { name: t('roundBefore.then'), lr: formatLr(before.log10Lr), log10: before.log10Lr.toFixed(3) }, // prettier-ignore
              { name: t('roundBefore.now'), lr: formatLr(log10Lr), log10: log10Lr.toFixed(3) },
              { name: t('roundBefore.difference'), lr: `× ${formatLr(gain)}`, log10: formatGain(gain) }, // prettier-ignore
            ].map(({ name, lr, log10 }) => (
              <Table.Tr key={name}>
                <Table.Th scope="row">{name}</Table.Th>
                <Table.Td ta="right" className="numbers">
                  {lr}
                </Table.Td>
                <Table.Td ta="right" className="numbers">
                  {log10}
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      )}
    </Alert>
  );
}
