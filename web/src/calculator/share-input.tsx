import { NumberInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { readNumber, useWritten } from '../common/written-number.ts';

type ShareProps = {
  readonly label: string;
  readonly description?: string | undefined;
  /** NaN, or null where it may be empty: nothing stands in it. */
  readonly value: number | null;
  readonly least?: number;
  readonly onChange: (value: number) => void;
  /** Given where the field may be empty. Elsewhere an emptied field hands over NaN, and says what is wrong. */
  readonly onEmptied?: () => void;
};

/** A number from 0, or from the least, to below 1. */
export function Share(props: ShareProps) {
  const { label, description, value, least = 0, onChange, onEmptied } = props;
  const { t } = useTranslation();
  const given = value === null || Number.isNaN(value) ? null : value;
  const [shown, setWritten] = useWritten(given);
  const isSound = given === null ? onEmptied !== undefined : given >= least && given < 1;
  return (
    <NumberInput
      label={label}
      {...(description !== undefined && { description })}
      inputWrapperOrder={['label', 'input', 'description', 'error']}
      value={shown}
      min={least}
      max={1}
      clampBehavior="none"
      step={0.001}
      hideControls
      error={!isSound && t('calculator.shareRange', { least })}
      onChange={(written) => {
        const number = readNumber(written);
        setWritten(written);
        if (number === null && onEmptied) onEmptied();
        else onChange(number ?? NaN);
      }}
    />
  );
}
