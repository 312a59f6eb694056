import { Table, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { formatRatio } from '../common/numbers.ts';
import { Section } from '../common/section.tsx';
import type { Candidate } from './candidate-detail.ts';
import { ScrollBox } from '../common/scroll-box.tsx';

type Rival = Candidate['rivals'][number]['relationships'][number];

/** What else each relative may be to the person. */
export function RivalsTable({ candidate }: { candidate: Candidate }) {
  const { t } = useTranslation();
  const { rivals } = candidate;
  const columns = rivals[0]?.relationships.map(({ relationship }) => relationship) ?? [];
  return (
    <Section
      anchor="rivals"
      title={t('rivals.title')}
      text={rivals.length > 0 ? t('rivals.text') : t('rivals.none')}
    >
      {rivals.length > 0 && (
        <ScrollBox label={t('rivals.title')}>
          <Table miw={560}>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{t('rivals.relative')}</Table.Th>
                {columns.map((relationship) => (
                  <Table.Th key={relationship} ta="right">
                    {t(`rivals.${relationship}`)}
                  </Table.Th>
                ))}
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {rivals.map(({ relative, relationships }) => (
                <Table.Tr key={relative}>
                  <Table.Th scope="row" className="codes" miw={90}>
                    {relative}
                  </Table.Th>
                  {relationships.map((rival) => (
                    <RivalCell
                      key={rival.relationship}
                      rival={rival}
                      isLargest={rival === largestOf(relationships)}
                    />
                  ))}
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </ScrollBox>
      )}
    </Section>
  );
}

function RivalCell({ rival, isLargest }: { rival: Rival; isLargest: boolean }) {
  const { t } = useTranslation();
  const { kind, log10Lr, lociInconsistent } = rival;
  return (
    <Table.Td ta="right" className="numbers" fw={isLargest ? 700 : 400}>
      {formatRatio(kind, log10Lr)}
      <Text size="xs" c="dimmed">
        {t('candidate.inconsistentCount', { count: lociInconsistent })}
      </Text>
    </Table.Td>
  );
}

function largestOf(relationships: readonly Rival[]): Rival | undefined {
  const rank = ({ kind, log10Lr }: Rival): number =>
    kind === 'infinite' ? Infinity : (log10Lr ?? -Infinity);
  return relationships.reduce<Rival | undefined>(
    (best, rival) => (best === undefined || rank(rival) > rank(best) ? rival : best),
    undefined,
  );
}
