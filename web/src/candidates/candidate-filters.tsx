import { Button, Checkbox, Collapse, Group, TextInput } from '@mantine/core';
import { useDisclosure, useMediaQuery } from '@mantine/hooks';
import { type ReactNode, type RefObject, useId } from 'react';
import { useTranslation } from 'react-i18next';
import { type CandidateView, readCandidateView, RELATIONSHIPS, STATES } from './candidate-view.ts';
import { CircumstanceFilters } from './circumstance-filters.tsx';
import { ColumnMenu } from './column-menu.tsx';
import { FilterSelect } from './filter-select.tsx';
import { PHONE } from './phone.ts';
import { SortSelect } from './sort-select.tsx';
import { ViewMenu } from './view-menu.tsx';

type FiltersProps = {
  readonly view: CandidateView;
  readonly onChange: (view: CandidateView) => void;
  readonly textRef: RefObject<HTMLInputElement | null>;
};

/** Changes a part of a view. */
export type ChangeView = (part: Record<string, unknown>) => void;
export type FilterProps = { readonly view: CandidateView; readonly change: ChangeView };

/** On a telephone only the text stands there at first. */
export function CandidateFilters({ view, onChange, textRef }: FiltersProps) {
  const { t } = useTranslation();
  const isPhone = useMediaQuery(PHONE, false, { getInitialValueInEffect: false });
  const change: ChangeView = (part) => {
    onChange(readCandidateView({ ...view, ...part }));
  };
  const ofReview = <ReviewFilters view={view} change={change} />;
  return (
    <Group gap="sm" align="flex-end" className="no-print">
      <TextInput
        ref={textRef}
        label={t('candidates.filter')}
        value={view.text ?? ''}
        onChange={({ currentTarget }) => {
          change({ text: currentTarget.value });
        }}
        w={180}
      />
      {!isPhone && ofReview}
      <MoreFilters count={countMore(view)}>
        {isPhone && ofReview}
        <CircumstanceFilters view={view} change={change} />
        <SortSelect view={view} change={change} />
      </MoreFilters>
      <ColumnMenu view={view} change={change} />
      <ViewMenu view={view} onChange={onChange} />
    </Group>
  );
}

/** How many filters stand where they may be out of sight. */
function countMore({ provinces, from, to, sexes, births }: CandidateView): number {
  return [provinces, from ?? to, sexes, births].filter((filter) => filter !== undefined).length;
}

function MoreFilters({ count, children }: { count: number; children: ReactNode }) {
  const { t } = useTranslation();
  const [isOpen, more] = useDisclosure(count > 0);
  const id = useId();
  return (
    <>
      <Button
        variant={count > 0 ? 'light' : 'default'}
        onClick={more.toggle}
        aria-expanded={isOpen}
        aria-controls={id}
      >
        {count > 0 ? t('candidateList.moreSet', { count }) : t('candidateList.more')}
      </Button>
      <Collapse expanded={isOpen} id={id} w="100%" style={{ order: 1 }}>
        <Group gap="sm" align="flex-end">
          {children}
        </Group>
      </Collapse>
    </>
  );
}

function ReviewFilters({ view, change }: FilterProps) {
  const { t } = useTranslation();
  return (
    <>
      <FilterSelect
        label={t('candidates.states')}
        any={t('candidates.anyState')}
        data={STATES.map((value) => ({ value, label: t(`state.${value}`) }))}
        value={view.states}
        onChange={(states) => {
          change({ states });
        }}
      />
      <FilterSelect
        label={t('candidates.relationships')}
        any={t('candidates.anyRelationship')}
        data={RELATIONSHIPS.map((value) => ({ value, label: t(`relationship.${value}`) }))}
        value={view.relationships}
        onChange={(relationships) => {
          change({ relationships });
        }}
      />
      <Checkbox
        label={t('candidates.mine')}
        checked={view.mine ?? false}
        onChange={({ currentTarget }) => {
          change({ mine: currentTarget.checked });
        }}
        pb={8}
      />
    </>
  );
}
