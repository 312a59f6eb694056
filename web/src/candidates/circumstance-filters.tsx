import { Checkbox, Group } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { nameProvince, PROVINCES } from '../common/provinces.ts';
import type { FilterProps } from './candidate-filters.tsx';
import { AGREEMENTS } from './candidate-view.ts';
import { FilterSelect } from './filter-select.tsx';
import { YearInput } from './year-input.tsx';

/** By what is said of both sides. Memories err: what is not said stays in sight unless somebody hides it. */
export function CircumstanceFilters({ view, change }: FilterProps) {
  const { t, i18n } = useTranslation();
  const { provinces, from, to, hidesUnsaid = false, sexes, births } = view;
  const isAsked = [provinces, from, to].some((filter) => filter !== undefined);
  const agreements = AGREEMENTS.map((value) => ({ value, label: t(`circumstances.${value}`) }));
  return (
    <>
      <FilterSelect
        label={t('candidateList.province')}
        any={t('candidateList.any')}
        data={PROVINCES.map((value) => ({ value, label: nameProvince(value, i18n.language) }))}
        value={provinces}
        searchable
        onChange={(chosen) => {
          change({ provinces: chosen });
        }}
      />
      <Group gap={4} align="flex-end" wrap="nowrap">
        <YearInput
          label={t('candidateList.from')}
          value={from}
          onChange={(year) => {
            change({ from: year });
          }}
        />
        <YearInput
          label={t('candidateList.to')}
          value={to}
          first={from}
          onChange={(year) => {
            change({ to: year });
          }}
        />
      </Group>
      <FilterSelect
        label={t('candidateList.sexes')}
        any={t('candidateList.any')}
        data={agreements}
        value={sexes}
        onChange={(chosen) => {
          change({ sexes: chosen });
        }}
      />
      <FilterSelect
        label={t('candidateList.births')}
        any={t('candidateList.any')}
        data={agreements}
        value={births}
        onChange={(chosen) => {
          change({ births: chosen });
        }}
      />
      <Checkbox
        label={t('candidateList.hidesUnsaid')}
        checked={hidesUnsaid}
        disabled={!isAsked}
        onChange={({ currentTarget }) => {
          change({ hidesUnsaid: currentTarget.checked });
        }}
        pb={8}
      />
    </>
  );
}
