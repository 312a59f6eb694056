import { TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { findProvince } from '../common/provinces.ts';

type DivisionProps = {
  readonly name: 'division' | 'jurisdiction';
  readonly defaultValue?: string;
  readonly error: string | null;
};

/** Digits of GB/T 2260, with the province that they lie in beside them. */
export function DivisionInput({ name, defaultValue = '', error }: DivisionProps) {
  const { t, i18n } = useTranslation();
  const [code, setCode] = useState(defaultValue);
  const province = findProvince(code.trim(), i18n.language);
  return (
    <TextInput
      name={name}
      label={t(`adminRules.${name}Label`)}
      description={t(`adminRules.${name}Help`)}
      defaultValue={defaultValue}
      onChange={(event) => {
        setCode(event.currentTarget.value);
      }}
      rightSection={province}
      rightSectionWidth={110}
      rightSectionProps={{ className: 'aside', 'aria-live': 'polite' }}
      error={error}
      required
      inputMode="numeric"
      autoComplete="off"
    />
  );
}
