import { TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { isBarcode, readBarcode } from './barcode.ts';

type ScanProps = {
  readonly onScan: (barcode: string) => void;
  /** While what was scanned is sent, and where no more can go with it. */
  readonly isClosed: boolean;
};

/** Takes one barcode after the other; what was misread stays to be seen and typed again. */
export function ScanField({ onScan, isClosed }: ScanProps) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState('');
  const [isWrong, setWrong] = useState(false);
  const take = (): void => {
    const barcode = readBarcode(typed);
    if (barcode === '') return;
    setWrong(!isBarcode(barcode));
    if (!isBarcode(barcode)) return;
    onScan(barcode);
    setTyped('');
  };
  return (
    <TextInput
      label={t('collection.barcode')}
      description={t('tubes.scanHelp')}
      value={typed}
      error={isWrong && t('collection.fault.barcodeWrong')}
      onChange={({ currentTarget: { value } }) => {
        setTyped(value);
        setWrong(false);
      }}
      onKeyDown={(event) => {
        if (event.key !== 'Enter') return;
        event.preventDefault();
        take();
      }}
      disabled={isClosed}
      autoFocus
      autoComplete="off"
      classNames={{ input: 'codes' }}
      maw={360}
    />
  );
}
