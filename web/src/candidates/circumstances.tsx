import { Table, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Section } from '../common/section.tsx';
import type { Candidate } from './candidate-detail.ts';
import { ScrollBox } from '../common/scroll-box.tsx';

type Years = Candidate['circumstances']['missing']['born'];

/** Whether age, sex and place fit, as far as anybody has said; nothing at all where nobody has. */
export function Circumstances({ candidate: { circumstances } }: { candidate: Candidate }) {
  const { t } = useTranslation();
  const { unknown, missing, agreement } = circumstances;
  if (!isSaid(unknown) && !isSaid(missing)) return null;
  const typed = t('circumstances.typedSex', { sex: t(`sex.${unknown.typedSex}`) });
  const rows = [
    {
      name: t('circumstances.sex'),
      person: `${t(`sex.${unknown.sex}`)} (${typed})`,
      child: t(`sex.${missing.sex}`),
      fits: t(`circumstances.${agreement.sex}`),
    },
    {
      name: t('circumstances.born'),
      person: showYears(unknown.born),
      child: showYears(missing.born),
      fits: t(`circumstances.${agreement.birth}`),
    },
    {
      name: t('circumstances.happened'),
      person: showYears(unknown.happened),
      child: showYears(missing.happened),
      fits: '',
    },
    {
      name: t('circumstances.division'),
      person: unknown.division ?? '—',
      child: missing.division ?? '—',
      fits: '',
    },
  ];
  return (
    <Section title={t('circumstances.title')} text={t('circumstances.text')}>
      <ScrollBox label={t('circumstances.title')}>
        <Table miw={460}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t('circumstances.feature')}</Table.Th>
              <Table.Th>{t('circumstances.person')}</Table.Th>
              <Table.Th>{t('circumstances.child')}</Table.Th>
              <Table.Th>{t('circumstances.agreement')}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {rows.map(({ name, person, child, fits }) => (
              <Table.Tr key={name}>
                <Table.Th scope="row">{name}</Table.Th>
                <Table.Td>{person}</Table.Td>
                <Table.Td>{child}</Table.Td>
                <Table.Td>
                  <Text size="sm">{fits}</Text>
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </ScrollBox>
    </Section>
  );
}

type Side = Candidate['circumstances']['missing'];

function isSaid({ sex, born, happened, division }: Side): boolean {
  return sex !== 'unknown' || [born, happened, division].some((feature) => feature !== null);
}

function showYears(years: Years): string {
  if (!years) return '—';
  const { earliest, latest } = years;
  return earliest === latest ? String(earliest) : `${earliest}–${latest}`;
}
