import { TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

type YearInputProps = {
  readonly label: string;
  readonly value: number | undefined;
  /** Before which it cannot lie. */
  readonly first?: number | undefined;
  readonly onChange: (year: number | undefined) => void;
};

/** A year of four digits; while it is being written nothing is asked. */
export function YearInput({ label, value, first, onChange }: YearInputProps) {
  const { t } = useTranslation();
  const [text, setText] = useState(show(value));
  const [known, setKnown] = useState(value);
  // A kept view may have brought another year.
  if (value !== known) {
    setKnown(value);
    if (readYear(text) !== value) setText(show(value));
  }
  const isBefore = value !== undefined && first !== undefined && value < first;
  return (
    <TextInput
      label={label}
      value={text}
      w={120}
      inputMode="numeric"
      placeholder={t('candidateList.yearForm')}
      error={isBefore ? t('candidateList.before', { first }) : faultOf()}
      onChange={({ currentTarget }) => {
        setText(currentTarget.value);
        const year = readYear(currentTarget.value);
        if (year !== value) onChange(year);
      }}
    />
  );

  function faultOf(): string | undefined {
    const isWrong = text !== '' && readYear(text) === undefined && !/^\d{1,3}$/.test(text);
    return isWrong ? t('candidateList.noYear') : undefined;
  }
}

function show(year: number | undefined): string {
  return year === undefined ? '' : String(year);
}

function readYear(text: string): number | undefined {
  return /^(19|20)\d\d$/.test(text.trim()) ? Number(text) : undefined;
}
