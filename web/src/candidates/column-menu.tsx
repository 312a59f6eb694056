import { Button, Checkbox, Popover, Stack } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { COLUMN_FORMS } from './candidate-columns.ts';
import type { FilterProps } from './candidate-filters.tsx';
import { type ColumnName, COLUMNS, FIRST_COLUMNS } from './candidate-view.ts';

/** By these a candidate is known and opened: they always stand there. */
const KEPT: readonly ColumnName[] = ['person', 'lr'];

/** Which columns the list has. */
export function ColumnMenu({ view, change }: FilterProps) {
  const { t } = useTranslation();
  const shown = view.columns ?? FIRST_COLUMNS;
  return (
    <Popover position="bottom-end" trapFocus returnFocus>
      <Popover.Target>
        <Button variant="default">{t('candidateList.columns')}</Button>
      </Popover.Target>
      <Popover.Dropdown aria-label={t('candidateList.columns')}>
        <Stack gap={6}>
          {COLUMNS.map((name) => (
            <Checkbox
              key={name}
              size="xs"
              label={t(COLUMN_FORMS[name].label)}
              checked={shown.includes(name)}
              disabled={KEPT.includes(name)}
              onChange={({ currentTarget: { checked } }) => {
                change({ columns: COLUMNS.filter((one) => (one === name ? checked : shown.includes(one))) }); // prettier-ignore
              }}
            />
          ))}
          <Button
            size="compact-xs"
            variant="default"
            onClick={() => {
              change({ columns: undefined });
            }}
          >
            {t('candidateList.firstColumns')}
          </Button>
        </Stack>
      </Popover.Dropdown>
    </Popover>
  );
}
