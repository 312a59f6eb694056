import { Checkbox, Group, Select } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { SORTED_COLUMNS } from './candidate-columns.ts';
import type { FilterProps } from './candidate-filters.tsx';

/** The order, where no head of a table can be pressed as well as where one can. */
export function SortSelect({ view, change }: FilterProps) {
  const { t } = useTranslation();
  const { sort = 'log10Lr', ascending = false } = view;
  return (
    <Group gap="sm" align="flex-end" wrap="nowrap">
      <Select
        label={t('candidateList.sort')}
        data={SORTED_COLUMNS.map((column) => ({ value: column.sort, label: t(column.label) }))}
        value={sort}
        allowDeselect={false}
        onChange={(chosen) => {
          change({ sort: chosen });
        }}
        w={170}
      />
      <Checkbox
        label={t('candidateList.ascending')}
        checked={ascending}
        onChange={({ currentTarget }) => {
          change({ ascending: currentTarget.checked });
        }}
        pb={8}
      />
    </Group>
  );
}
