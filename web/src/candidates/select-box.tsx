import { Checkbox } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { CandidateSummary } from './candidate-view.ts';
import type { Selection } from './use-selection.ts';

type SelectBoxProps = {
  readonly candidate: CandidateSummary;
  readonly isSelected: boolean;
  readonly act: Selection['act'];
};

/** Marks a candidate; with Shift all from the one before. */
export function SelectBox({ candidate, isSelected, act }: SelectBoxProps) {
  const { t } = useTranslation();
  const { id, unknown, family } = candidate;
  return (
    <Checkbox
      size="xs"
      aria-label={t('candidateList.select', { person: unknown, family })}
      checked={isSelected}
      onChange={({ nativeEvent }) => {
        const isRange = nativeEvent instanceof MouseEvent && nativeEvent.shiftKey;
        act({ do: isRange ? 'extend' : 'toggle', id });
      }}
    />
  );
}
