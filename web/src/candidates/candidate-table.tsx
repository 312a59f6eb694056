import { Anchor, Table, Text, Tooltip, UnstyledButton } from '@mantine/core';
import { useHotkeys } from '@mantine/hooks';
import { Link, useNavigate } from '@tanstack/react-router';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMoment } from '../common/dates.ts';
import { formatLr, formatProbability, formatSmall } from '../common/numbers.ts';
import { useAnalystNames } from './candidate-detail.ts';
import {
  type CandidateSummary,
  type CandidateView,
  readCandidateView,
  type SortedBy,
} from './candidate-view.ts';
import { StateBadge } from './state-badge.tsx';

const ROW_PX = 42;
const OVERSCAN = 12;

type TableProps = {
  readonly candidates: readonly CandidateSummary[];
  readonly ranks: ReadonlyMap<string, number>;
  readonly view: CandidateView;
  readonly onChange: (view: CandidateView) => void;
  readonly onFilter: () => void;
};

/** Only the rows that are seen are drawn: thousands scroll like ten. */
export function CandidateTable({ candidates, ranks, view, onChange, onFilter }: TableProps) {
  const { t } = useTranslation();
  const box = useRef<HTMLDivElement>(null);
  const nameOf = useAnalystNames();
  const [current, setCurrent] = useCurrentRow(candidates, onFilter, (place) => {
    rows.scrollToIndex(place);
  });
  // eslint-disable-next-line react-hooks/incompatible-library -- no compiler memoizes this page
  const rows = useVirtualizer({
    count: candidates.length,
    getScrollElement: () => box.current,
    estimateSize: () => ROW_PX,
    overscan: OVERSCAN,
  });
  const drawn = rows.getVirtualItems();
  const above = drawn[0]?.start ?? 0;
  const below = rows.getTotalSize() - (drawn.at(-1)?.end ?? 0);
  return (
    <div
      ref={box}
      className="ranked"
      tabIndex={0}
      role="region"
      aria-label={t('candidates.title')}
      style={{
        overflow: 'auto',
        height: 'calc(100vh - 265px)',
        minHeight: 280,
        background: '#fff',
      }}
    >
      <Table highlightOnHover withTableBorder miw={1020} aria-rowcount={candidates.length + 1}>
        <Header view={view} onChange={onChange} />
        <Table.Tbody>
          <Spacer height={above} />
          {drawn.map(({ index }) => {
            const candidate = candidates[index];
            return candidate ? (
              <CandidateRow
                key={candidate.id}
                candidate={candidate}
                place={index}
                rank={ranks.get(candidate.id)}
                isCurrent={index === current}
                nameOf={nameOf}
                onChosen={() => {
                  setCurrent(index);
                }}
              />
            ) : null;
          })}
          <Spacer height={below} />
        </Table.Tbody>
      </Table>
    </div>
  );
}

function Spacer({ height }: { height: number }) {
  return height > 0 ? (
    <tr aria-hidden="true">
      <td colSpan={COLUMNS.length} style={{ height, padding: 0 }} />
    </tr>
  ) : null;
}

/** j and k go down and up, Enter opens, / goes to the filter. */
function useCurrentRow(
  candidates: readonly CandidateSummary[],
  onFilter: () => void,
  scrollTo: (place: number) => void,
) {
  const [chosen, setCurrent] = useState(0);
  const navigate = useNavigate();
  const last = candidates.length - 1;
  // The list may have grown shorter since.
  const current = Math.max(0, Math.min(chosen, last));
  const go = (step: number): void => {
    const place = Math.max(0, Math.min(current + step, last));
    setCurrent(place);
    scrollTo(place);
  };
  useHotkeys(
    [
      [
        'j',
        () => {
          go(1);
        },
      ],
      [
        'k',
        () => {
          go(-1);
        },
      ],
      ['/', onFilter],
      [
        'Enter',
        () => {
          const candidate = candidates[current];
          const isOnControl = document.activeElement?.matches('a, button, input');
          if (!candidate || isOnControl) return;
          void navigate({ to: '/candidates/$candidateId', params: { candidateId: candidate.id } });
        },
      ],
    ],
    undefined,
    undefined,
  );
  return [current, setCurrent] as const;
}

type Column = {
  readonly name:
    | 'rank'
    | 'person'
    | 'family'
    | 'relationship'
    | 'lr'
    | 'posterior'
    | 'chance'
    | 'loci'
    | 'inconsistent'
    | 'state'
    | 'claims'
    | 'updated';
  readonly sort?: SortedBy;
  readonly isNumber?: true;
};

const COLUMNS: readonly Column[] = [
  { name: 'rank', isNumber: true },
  { name: 'person' },
  { name: 'family' },
  { name: 'lr', sort: 'log10Lr', isNumber: true },
  { name: 'relationship' },
  { name: 'posterior', sort: 'posterior', isNumber: true },
  { name: 'chance', isNumber: true },
  { name: 'loci', sort: 'lociCompared', isNumber: true },
  { name: 'inconsistent', sort: 'lociInconsistent', isNumber: true },
  { name: 'state' },
  { name: 'claims' },
  { name: 'updated', sort: 'updatedAt' },
];

function Header({ view, onChange }: Pick<TableProps, 'view' | 'onChange'>) {
  const { t } = useTranslation();
  const { sort = 'log10Lr', ascending = false } = view;
  return (
    <Table.Thead>
      <Table.Tr>
        {COLUMNS.map((column) => {
          const label = t(`candidates.${column.name}`);
          const isSorted = column.sort === sort;
          return (
            <Table.Th
              key={column.name}
              ta={column.isNumber ? 'right' : 'left'}
              {...(isSorted && { 'aria-sort': ascending ? 'ascending' : 'descending' })}
            >
              {column.sort ? (
                <UnstyledButton
                  fz="sm"
                  fw={700}
                  aria-label={t('candidates.sortBy', { column: label })}
                  onClick={() => {
                    onChange(
                      readCandidateView({
                        ...view,
                        sort: column.sort,
                        ascending: isSorted && !ascending,
                      }),
                    );
                  }}
                >
                  {label} {isSorted ? (ascending ? '▲' : '▼') : ''}
                </UnstyledButton>
              ) : (
                label
              )}
            </Table.Th>
          );
        })}
      </Table.Tr>
    </Table.Thead>
  );
}

type RowProps = {
  readonly candidate: CandidateSummary;
  readonly place: number;
  readonly rank: number | undefined;
  readonly isCurrent: boolean;
  readonly nameOf: (analystId: string) => string;
  readonly onChosen: () => void;
};

function CandidateRow({ candidate, place, rank, isCurrent, nameOf, onChosen }: RowProps) {
  const { t } = useTranslation();
  const moment = useMoment();
  const { id, unknown, family, relationship, lociInconsistent, claims } = candidate;
  return (
    <Table.Tr
      h={ROW_PX}
      aria-rowindex={place + 2}
      onClick={onChosen}
      {...(isCurrent && { 'data-current': true })}
    >
      <Table.Td ta="right" className="numbers">
        {rank}
      </Table.Td>
      <Table.Td className="codes">
        <Anchor
          size="sm"
          underline="hover"
          renderRoot={(props) => (
            <Link to="/candidates/$candidateId" params={{ candidateId: id }} {...props} />
          )}
        >
          {unknown}
        </Anchor>
      </Table.Td>
      <Table.Td className="codes">{family}</Table.Td>
      <Table.Td ta="right" className="numbers" fw={600}>
        {formatLr(candidate.log10Lr)}
      </Table.Td>
      <Table.Td style={{ whiteSpace: 'nowrap' }}>{t(`relationship.${relationship}`)}</Table.Td>
      <Table.Td ta="right" className="numbers">
        {formatProbability(candidate.posterior)}
      </Table.Td>
      <Table.Td ta="right" className="numbers">
        <Tooltip label={t('candidates.chanceHelp')}>
          <span>{formatSmall(candidate.expectedChanceCandidates)}</span>
        </Tooltip>
      </Table.Td>
      <Table.Td ta="right" className="numbers">
        {candidate.lociCompared}
      </Table.Td>
      <Table.Td ta="right" className="numbers">
        {lociInconsistent}
      </Table.Td>
      <Table.Td style={{ whiteSpace: 'nowrap' }}>
        <StateBadge state={candidate.state} />
        {candidate.lapsedAt !== null && (
          <Text span size="xs" ml={6}>
            {t('candidates.lapsed')}
          </Text>
        )}
      </Table.Td>
      <Table.Td>{claims.map(({ analystId }) => nameOf(analystId)).join(', ')}</Table.Td>
      <Table.Td className="numbers">{moment(candidate.updatedAt)}</Table.Td>
    </Table.Tr>
  );
}
