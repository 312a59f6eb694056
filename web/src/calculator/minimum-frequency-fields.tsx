import { NativeSelect } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { MinimumFrequency } from './calculation-parameters.ts';
import { Share } from './share-input.tsx';

const RULES = ['five-over-2n', 'confidence-bound', 'fixed'] as const;
const WHOM = ['all', 'unseen', 'observed'] as const;
const USUAL_CONFIDENCE = 0.95;
const USUAL_FREQUENCY = 0.002;

type FieldsProps = {
  readonly value: MinimumFrequency;
  readonly onChange: (value: MinimumFrequency) => void;
};

/** How rare an allele may be taken to be, and which alleles are raised to that. */
export function MinimumFrequencyFields({ value, onChange }: FieldsProps) {
  const { t } = useTranslation();
  return (
    <>
      <NativeSelect
        label={t('calculator.minimum')}
        data={RULES.map((rule) => ({ value: rule, label: t(`calculator.rule.${rule}`) }))}
        value={value.rule}
        onChange={({ currentTarget }) => {
          onChange(
            withRule(value, RULES.find((rule) => rule === currentTarget.value) ?? value.rule),
          );
        }}
      />
      {value.rule === 'fixed' && (
        <Share
          label={t('calculator.frequency')}
          value={value.frequency}
          least={1e-6}
          onChange={(frequency) => {
            onChange({ ...value, frequency });
          }}
        />
      )}
      {value.rule === 'confidence-bound' && (
        <Share
          label={t('calculator.confidence')}
          value={value.confidence ?? USUAL_CONFIDENCE}
          least={0.001}
          onChange={(confidence) => {
            onChange({ ...value, confidence });
          }}
        />
      )}
      <NativeSelect
        label={t('calculator.appliesTo')}
        data={WHOM.map((whom) => ({ value: whom, label: t(`calculator.whom.${whom}`) }))}
        value={value.appliesTo}
        onChange={({ currentTarget }) => {
          const appliesTo = WHOM.find((whom) => whom === currentTarget.value) ?? value.appliesTo;
          onChange({ ...value, appliesTo });
        }}
      />
    </>
  );
}

function withRule(
  { appliesTo, renormalise }: MinimumFrequency,
  rule: MinimumFrequency['rule'],
): MinimumFrequency {
  const use = { appliesTo, ...(renormalise && { renormalise }) };
  return rule === 'fixed' ? { rule, frequency: USUAL_FREQUENCY, ...use } : { rule, ...use };
}
