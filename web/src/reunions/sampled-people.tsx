import { Table } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { ScrollBox } from '../common/scroll-box.tsx';
import type { Reunion } from './reunion-detail.ts';

/** Everybody of a reunion, and whether they were typed again. */
export function SampledPeople({ reunion: { people, steps } }: { reunion: Reunion }) {
  const { t } = useTranslation();
  const evidence = steps.findLast((step) => step.evidence !== null)?.evidence;
  const comparedAt = new Map(
    evidence?.concordance.map(({ sampleId, compared }) => [sampleId, compared]),
  );
  return (
    <ScrollBox label={t('reunions.people')}>
      <Table maw={720} aria-label={t('reunions.people')}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('reunions.person')}</Table.Th>
            <Table.Th>{t('reunions.relation')}</Table.Th>
            <Table.Th>{t('reunions.typedAgain')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {people.map(({ id, relation }) => (
            <Table.Tr key={id}>
              <Table.Th scope="row" className="codes" miw={90}>
                {id}
              </Table.Th>
              <Table.Td>
                {relation === 'unknown-origin' ? t('pedigree.person') : t(`relation.${relation}`)}
              </Table.Td>
              <Table.Td>{sayTyped(comparedAt.get(id))}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </ScrollBox>
  );

  function sayTyped(compared: number | undefined): string {
    return compared === undefined
      ? t('reunions.missing')
      : t('reunions.alike', { count: compared });
  }
}
