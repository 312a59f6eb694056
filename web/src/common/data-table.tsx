import { Table, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { ScrollBox } from './scroll-box.tsx';

type Column<Row> = {
  readonly title: string;
  readonly of: (row: Row) => ReactNode;
  /** Numbers stand at the right; codes in their own letters. */
  readonly as?: 'number' | 'code' | 'moment';
};

type DataTableProps<Row> = {
  /** What the table lists, for those who cannot see it. */
  readonly label: string;
  readonly rows: readonly Row[];
  readonly keyOf: (row: Row) => string;
  readonly columns: readonly Column<Row>[];
  /** In pixels; narrower, it scrolls. */
  readonly minWidth?: number;
};

const MIN_WIDTH = 560;

/** A short table that scrolls sideways where it is wider than the page. */
export function DataTable<Row>({
  label,
  rows,
  keyOf,
  columns,
  minWidth = MIN_WIDTH,
}: DataTableProps<Row>) {
  const { t } = useTranslation();
  if (rows.length === 0) return <Text size="sm">{t('administration.empty')}</Text>;
  const classOf = ({ as }: Column<Row>): string =>
    as === 'code' ? 'codes' : as === undefined ? '' : 'numbers';
  return (
    <ScrollBox label={label}>
      <Table miw={minWidth}>
        <Table.Thead>
          <Table.Tr>
            {columns.map((column) => (
              <Table.Th key={column.title} ta={column.as === 'number' ? 'right' : 'left'}>
                {column.title}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.map((row) => (
            <Table.Tr key={keyOf(row)}>
              {columns.map((column) => (
                <Table.Td
                  key={column.title}
                  ta={column.as === 'number' ? 'right' : 'left'}
                  className={classOf(column)}
                >
                  {column.of(row)}
                </Table.Td>
              ))}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </ScrollBox>
  );
}
