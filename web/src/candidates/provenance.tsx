import { Anchor, Group, Table } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Section } from '../common/section.tsx';
import type { Candidate } from './candidate-detail.ts';

/** Everything that the numbers depend on, and the files by which they are computed again. */
export function Provenance({ candidate: { id, provenance } }: { candidate: Candidate }) {
  const { t } = useTranslation();
  const { engineVersion, policyHash, frequencyTable } = provenance;
  const rows = [
    [t('provenance.candidate'), id],
    [t('provenance.engine'), engineVersion],
    [t('provenance.policy'), policyHash],
    [t('provenance.table'), `${frequencyTable.name} · ${frequencyTable.contentHash}`],
  ];
  const path = `/v1/candidates/${id}`;
  return (
    <Section title={t('provenance.title')}>
      <Table variant="vertical" layout="auto">
        <Table.Tbody>
          {rows.map(([name, value]) => (
            <Table.Tr key={name}>
              <Table.Th w={140}>{name}</Table.Th>
              <Table.Td className="codes" fz="xs">
                {value}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      <Group mt="sm" gap="md" className="no-print">
        <Anchor href={`${path}/case?format=jsonl`}>{t('provenance.caseJsonl')}</Anchor>
        <Anchor href={`${path}/case?format=fam`}>{t('provenance.caseFam')}</Anchor>
        <Anchor href={`${path}/report?format=json`}>{t('provenance.reportJson')}</Anchor>
      </Group>
    </Section>
  );
}
