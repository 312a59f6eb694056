import { Button, Table, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useTranslation } from 'react-i18next';
import { formatLr } from '../common/numbers.ts';
import { ScrollBox } from '../common/scroll-box.tsx';
import type { Evidence } from './reunion-detail.ts';

/** What re-sampling came to: the new LR, and of how many more loci. */
export function EvidenceResult({ evidence }: { evidence: Evidence }) {
  const { t } = useTranslation();
  const [isOpen, loci] = useDisclosure();
  const { log10Lr, lociCompared, lociBefore } = evidence;
  return (
    <>
      <Text size="sm" mt={4}>
        {t('reunions.weighed', {
          lr: formatLr(log10Lr),
          log10: log10Lr.toFixed(3),
          compared: lociCompared,
          before: lociBefore,
          more: lociCompared - lociBefore,
        })}
      </Text>
      <Button
        className="no-print"
        size="compact-xs"
        variant="default"
        mt={4}
        aria-expanded={isOpen}
        onClick={loci.toggle}
      >
        {t('loci.title')}
      </Button>
      {isOpen && <EvidenceLoci evidence={evidence} />}
    </>
  );
}

function EvidenceLoci({ evidence: { loci, engineVersion, inputHash } }: { evidence: Evidence }) {
  const { t } = useTranslation();
  return (
    <ScrollBox label={t('loci.title')}>
      <Table maw={360} mt="xs">
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('loci.locus')}</Table.Th>
            <Table.Th ta="right">{t('loci.lr')}</Table.Th>
            <Table.Th ta="right">{t('loci.bar')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {loci.map(({ locus, log10Lr }) => (
            <Table.Tr key={locus}>
              <Table.Th scope="row">{locus}</Table.Th>
              <Table.Td ta="right" className="numbers">
                {log10Lr === null ? '—' : formatLr(log10Lr)}
              </Table.Td>
              <Table.Td ta="right" className="numbers">
                {log10Lr?.toFixed(3) ?? '—'}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      <Text size="xs" c="dimmed" className="codes">
        {engineVersion} · {inputHash}
      </Text>
    </ScrollBox>
  );
}
