import { Checkbox } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { CandidateSummary } from './candidate-view.ts';
import type { Selection } from './use-selection.ts';

type SelectBoxProps = { readonly candidate: CandidateSummary; readonly selection: Selection };

/** Marks a candidate; with Shift all from the one before. */
export function SelectBox({ candidate: { id, unknown, family }, selection }: SelectBoxProps) {
  const { t } = useTranslation();
  return (
    <Checkbox
      size="xs"
      aria-label={t('candidateList.select', { person: unknown, family })}
      checked={selection.has(id)}
      onChange={({ nativeEvent }) => {
        const isRange = nativeEvent instanceof MouseEvent && nativeEvent.shiftKey;
        if (isRange) selection.extendTo(id);
        else selection.toggle(id);
      }}
    />
  );
}
