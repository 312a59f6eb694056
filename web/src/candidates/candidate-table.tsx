import { Checkbox, Table, UnstyledButton } from '@mantine/core';
import type { Virtualizer } from '@tanstack/react-virtual';
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import { type Cells, useCells } from './candidate-cells.tsx';
import { COLUMN_FORMS } from './candidate-columns.ts';
import {
  type CandidateSummary,
  type CandidateView,
  type ColumnName,
  FIRST_COLUMNS,
  readCandidateView,
} from './candidate-view.ts';
import { SelectBox } from './select-box.tsx';
import type { Selection } from './use-selection.ts';

export const ROW_PX = 42;

export type ListProps = {
  readonly candidates: readonly CandidateSummary[];
  readonly ranks: ReadonlyMap<string, number>;
  readonly view: CandidateView;
  readonly onChange: (view: CandidateView) => void;
  readonly selection: Selection;
  readonly rows: Virtualizer<HTMLDivElement, Element>;
  readonly current: number;
  readonly onCurrent: (place: number) => void;
};

/** Only the rows that are seen are drawn: thousands scroll like ten. */
export function CandidateTable(props: ListProps) {
  const { candidates, ranks, view, selection, rows, current, onCurrent } = props;
  const columns = view.columns ?? FIRST_COLUMNS;
  const cells = useCells();
  const drawn = rows.getVirtualItems();
  const above = drawn[0]?.start ?? 0;
  const below = rows.getTotalSize() - (drawn.at(-1)?.end ?? 0);
  return (
    <Table
      highlightOnHover
      withTableBorder
      horizontalSpacing={8}
      verticalSpacing={3}
      fz={13}
      lh={1.35}
      aria-rowcount={candidates.length + 1}
    >
      <Header {...props} columns={columns} />
      <Table.Tbody>
        <Spacer height={above} columns={columns} />
        {drawn.map(({ index }) => {
          const candidate = candidates[index];
          return candidate ? (
            <CandidateRow
              key={candidate.id}
              candidate={candidate}
              cells={cells}
              columns={columns}
              place={index}
              rank={ranks.get(candidate.id)}
              isCurrent={index === current}
              isSelected={selection.has(candidate.id)}
              act={selection.act}
              onCurrent={onCurrent}
              measure={rows.measureElement}
            />
          ) : null;
        })}
        <Spacer height={below} columns={columns} />
      </Table.Tbody>
    </Table>
  );
}

type Columns = { readonly columns: readonly ColumnName[] };

function Spacer({ height, columns }: { height: number } & Columns) {
  return height > 0 ? (
    <tr aria-hidden="true">
      <td colSpan={columns.length + 1} style={{ height, padding: 0 }} />
    </tr>
  ) : null;
}

function Header({ columns, selection, ...props }: ListProps & Columns) {
  const { t } = useTranslation();
  const { selected, isAll } = selection;
  return (
    <Table.Thead>
      <Table.Tr>
        <Table.Th w={36}>
          <Checkbox
            size="xs"
            aria-label={t('candidateList.selectAll')}
            checked={isAll}
            indeterminate={selected.length > 0 && !isAll}
            onChange={isAll ? selection.clear : selection.selectAll}
          />
        </Table.Th>
        {columns.map((name) => (
          <ColumnHead key={name} name={name} {...props} />
        ))}
      </Table.Tr>
    </Table.Thead>
  );
}

function ColumnHead({
  name,
  view,
  onChange,
}: Pick<ListProps, 'view' | 'onChange'> & { name: ColumnName }) {
  const { t } = useTranslation();
  const { sort = 'log10Lr', ascending = false } = view;
  const column = COLUMN_FORMS[name];
  const label = t(column.label);
  const isSorted = column.sort === sort;
  const sortByIt = (): void => {
    onChange(readCandidateView({ ...view, sort: column.sort, ascending: isSorted && !ascending }));
  };
  return (
    <Table.Th
      ta={column.as === 'number' ? 'right' : 'left'}
      {...(isSorted && { 'aria-sort': ascending ? 'ascending' : 'descending' })}
    >
      {column.sort ? (
        <UnstyledButton
          fz={13}
          fw={700}
          ta="inherit"
          aria-label={t('candidates.sortBy', { column: label })}
          onClick={sortByIt}
        >
          {label} {isSorted ? (ascending ? '▲' : '▼') : ''}
        </UnstyledButton>
      ) : (
        label
      )}
    </Table.Th>
  );
}

type RowProps = Columns &
  Pick<ListProps, 'onCurrent'> & {
    readonly candidate: CandidateSummary;
    readonly cells: Cells;
    readonly place: number;
    readonly rank: number | undefined;
    readonly isCurrent: boolean;
    readonly isSelected: boolean;
    readonly act: Selection['act'];
    readonly measure: (row: HTMLTableRowElement | null) => void;
  };

const CLASSES = { number: 'numbers', code: 'codes', line: 'one-line' } as const;

/** Drawn again only where something of it changed: whoever goes down the list changes two. */
const CandidateRow = memo(function CandidateRow(props: RowProps) {
  const { candidate, cells, columns, place, rank } = props;
  const { isCurrent, isSelected, act, onCurrent, measure } = props;
  return (
    <Table.Tr
      ref={measure}
      data-index={place}
      h={ROW_PX}
      aria-rowindex={place + 2}
      onClick={() => {
        onCurrent(place);
      }}
      {...(isCurrent && { 'data-current': true })}
      {...(isSelected && { 'data-selected': true })}
    >
      <Table.Td>
        <SelectBox candidate={candidate} isSelected={isSelected} act={act} />
      </Table.Td>
      {columns.map((name) => {
        const { as } = COLUMN_FORMS[name];
        return (
          <Table.Td
            key={name}
            ta={as === 'number' ? 'right' : 'left'}
            className={as && CLASSES[as]}
          >
            {cells[name]({ candidate, rank })}
          </Table.Td>
        );
      })}
    </Table.Tr>
  );
});
