import { Group, Paper, Text } from '@mantine/core';
import { memo, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { type Cells, useCells } from './candidate-cells.tsx';
import { COLUMN_FORMS } from './candidate-columns.ts';
import type { ListProps } from './candidate-table.tsx';
import { type CandidateSummary, type ColumnName, FIRST_COLUMNS } from './candidate-view.ts';
import { SelectBox } from './select-box.tsx';
import type { Selection } from './use-selection.ts';

/** Stand at the head of a card, whatever else was chosen. */
const HEAD: readonly ColumnName[] = ['rank', 'person', 'family', 'lr', 'state'];

/** The same list on a telephone: a card for each candidate, and only those drawn that are seen. */
export function CandidateCards({
  candidates,
  ranks,
  view,
  selection,
  rows,
  current,
  onCurrent,
}: ListProps) {
  // prettier-ignore
  const { t } = useTranslation();
  const cells = useCells();
  const chosen = view.columns ?? FIRST_COLUMNS;
  const columns = useMemo(() => chosen.filter((name) => !HEAD.includes(name)), [chosen]);
  return (
    <ul
      className="cards"
      aria-label={t('candidates.title')}
      style={{ height: rows.getTotalSize() }}
    >
      {rows.getVirtualItems().map(({ index, start }) => {
        const candidate = candidates[index];
        return candidate ? (
          <li
            key={candidate.id}
            ref={rows.measureElement}
            data-index={index}
            style={{ transform: `translateY(${start}px)` }}
            {...(index === current && { 'data-current': true })}
            onClick={() => {
              onCurrent(index);
            }}
          >
            <Card
              candidate={candidate}
              cells={cells}
              rank={ranks.get(candidate.id)}
              columns={columns}
              isSelected={selection.has(candidate.id)}
              act={selection.act}
            />
          </li>
        ) : null;
      })}
    </ul>
  );
}

type CardProps = {
  readonly candidate: CandidateSummary;
  readonly cells: Cells;
  readonly rank: number | undefined;
  readonly columns: readonly ColumnName[];
  readonly isSelected: boolean;
  readonly act: Selection['act'];
};

const Card = memo(function Card({ candidate, cells, rank, columns, ...marks }: CardProps) {
  const { t } = useTranslation();
  const shown = { candidate, rank };
  return (
    <Paper withBorder p="xs">
      <Group gap="xs" wrap="nowrap" align="flex-start">
        <SelectBox candidate={candidate} {...marks} />
        <Text size="sm" className="codes" flex={1}>
          {cells.rank(shown)}. {cells.person(shown)} · {candidate.family}
        </Text>
        <Text size="sm" className="numbers">
          {cells.lr(shown)}
        </Text>
      </Group>
      <Group gap="xs" my={4}>
        {cells.state(shown)}
      </Group>
      <dl className="facts">
        {columns.map((name) => (
          <div key={name}>
            <dt>{t(COLUMN_FORMS[name].label)}</dt>
            <dd>{cells[name](shown)}</dd>
          </div>
        ))}
      </dl>
    </Paper>
  );
});
