import { NativeSelect, Table } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { ScrollBox } from '../common/scroll-box.tsx';
import type { Assignment } from './assignment.ts';
import type { Typings } from './read-typings.ts';
import type { Reunion } from './reunion-detail.ts';

type AssignmentProps = {
  readonly people: Reunion['people'];
  readonly typed: Typings['people'];
  readonly assignment: Assignment;
  readonly onAssigned: (assignment: Assignment) => void;
};

/** Whose sample is which of the file: second cards have numbers of their own. */
export function AssignmentTable({ people, typed, assignment, onAssigned }: AssignmentProps) {
  const { t } = useTranslation();
  const lociOf = new Map(
    typed.map(({ sampleId, genotypes }) => [sampleId, Object.keys(genotypes).length]),
  );
  const choices = [{ value: '', label: t('reunions.noSample') }, ...lociOf.keys()];
  return (
    <ScrollBox label={t('reunions.assignment')}>
      <Table maw={720} miw={320} aria-label={t('reunions.assignment')}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('reunions.person')}</Table.Th>
            <Table.Th>{t('reunions.sampleOfFile')}</Table.Th>
            <Table.Th ta="right">{t('reunions.loci')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {people.map(({ id }) => (
            <Table.Tr key={id}>
              <Table.Th scope="row" className="codes" miw={90}>
                {id}
              </Table.Th>
              <Table.Td>
                <NativeSelect
                  aria-label={t('reunions.sampleOf', { person: id })}
                  data={choices}
                  value={assignment[id] ?? ''}
                  onChange={({ currentTarget }) => {
                    const { [id]: _, ...others } = assignment;
                    const { value } = currentTarget;
                    onAssigned(value === '' ? others : { ...others, [id]: value });
                  }}
                />
              </Table.Td>
              <Table.Td ta="right" className="numbers">
                {lociOf.get(assignment[id] ?? '') ?? '—'}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </ScrollBox>
  );
}
