import { Checkbox, Table, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Receipt, RowReport } from './receipt.ts';
import { ScrollBox } from '../common/scroll-box.tsx';

const MOST_ROWS = 500;
const SIGNS: Readonly<Record<RowReport['outcome'], string>> = {
  accepted: '✓',
  extended: '+',
  unchanged: '=',
  refused: '✕',
};

/** Row by row: what became of it, and the cell at fault. */
export function RowReportTable({ receipt }: { receipt: Receipt }) {
  const { t } = useTranslation();
  const [onlyRefused, setOnlyRefused] = useState(receipt.refused > 0);
  const rows = receipt.rows.filter(({ outcome }) => !onlyRefused || outcome === 'refused');
  return (
    <>
      <Checkbox
        className="no-print"
        label={t('uploads.onlyRefused')}
        checked={onlyRefused}
        onChange={({ currentTarget }) => {
          setOnlyRefused(currentTarget.checked);
        }}
        mb="xs"
      />
      {rows.length === 0 ? (
        <Text size="sm">{t('uploads.noRefused')}</Text>
      ) : (
        <ScrollBox label={t('uploads.row')}>
          <Table miw={620}>
            <Table.Thead>
              <Table.Tr>
                <Table.Th ta="right">{t('uploads.row')}</Table.Th>
                <Table.Th>{t('uploads.sample')}</Table.Th>
                <Table.Th>{t('uploads.outcome')}</Table.Th>
                <Table.Th>{t('uploads.case')}</Table.Th>
                <Table.Th>{t('uploads.what')}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {rows.slice(0, MOST_ROWS).map((row) => (
                <ReportRow key={row.row} row={row} />
              ))}
            </Table.Tbody>
          </Table>
        </ScrollBox>
      )}
      {rows.length > MOST_ROWS && (
        <Text size="sm" mt="xs">
          {t('uploads.more', { count: rows.length - MOST_ROWS })}
        </Text>
      )}
    </>
  );
}

function ReportRow({ row: { row, sampleId, outcome, caseId, faults, notes } }: { row: RowReport }) {
  const { t } = useTranslation();
  return (
    <Table.Tr>
      <Table.Td ta="right" className="numbers">
        {row}
      </Table.Td>
      <Table.Td className="codes">{sampleId}</Table.Td>
      <Table.Td style={{ whiteSpace: 'nowrap' }}>
        <span aria-hidden="true">{SIGNS[outcome]} </span>
        {t(`uploads.${outcome}`)}
      </Table.Td>
      <Table.Td className="codes">{caseId}</Table.Td>
      <Table.Td>
        {faults.map(({ field, code, message }) => (
          <Text key={`${field ?? ''} ${code}`} size="sm">
            {field !== null && <b>{t('uploads.field', { field })} · </b>}
            {message}
          </Text>
        ))}
        {notes.map(({ field, message }) => (
          <Text key={`${field} ${message}`} size="sm" c="dimmed">
            {t('uploads.field', { field })} · {message}
          </Text>
        ))}
      </Table.Td>
    </Table.Tr>
  );
}
