import { useMediaQuery } from '@mantine/hooks';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { CandidateCards } from './candidate-cards.tsx';
import { CandidateTable, type ListProps, ROW_PX } from './candidate-table.tsx';
import { PHONE } from './phone.ts';
import { useCurrentRow } from './use-current-row.ts';

const OVERSCAN = 12;
/** What the head of the table takes at most. */
const HEAD_PX = 64;
/** What a card takes until it is measured. */
const CARD_PX = 210;

type CandidateListProps = Pick<
  ListProps,
  'candidates' | 'ranks' | 'view' | 'onChange' | 'selection'
> & { readonly onFilter: () => void };

/** The ranked candidates: a table, or on a telephone cards. */
export function CandidateList({ onFilter, ...props }: CandidateListProps) {
  const { t } = useTranslation();
  const { candidates, selection } = props;
  const box = useRef<HTMLDivElement>(null);
  const isPhone = useMediaQuery(PHONE, false, { getInitialValueInEffect: false });
  const [current, setCurrent] = useCurrentRow(candidates, selection.act, onFilter, (place) => {
    rows.scrollToIndex(place);
  });
  // eslint-disable-next-line react-hooks/incompatible-library -- no compiler memoizes this page
  const rows = useVirtualizer({
    count: candidates.length,
    getScrollElement: () => box.current,
    estimateSize: () => (isPhone ? CARD_PX : ROW_PX),
    overscan: OVERSCAN,
    // The rows begin below the head of the table.
    scrollPaddingEnd: isPhone ? 0 : HEAD_PX,
  });
  const List = isPhone ? CandidateCards : CandidateTable;
  return (
    <div ref={box} className="ranked" tabIndex={0} role="region" aria-label={t('candidates.title')}>
      <List
        key={isPhone ? 'cards' : 'table'}
        {...props}
        rows={rows}
        current={current}
        onCurrent={setCurrent}
      />
    </div>
  );
}
