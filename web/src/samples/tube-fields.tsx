import { SimpleGrid, TextInput } from '@mantine/core';
import { type KeyboardEvent, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useMoment } from '../common/dates.ts';
import { Section } from '../common/section.tsx';
import { isBarcode, readBarcode } from './barcode.ts';
import type { DraftForm } from './use-draft.ts';

/** The tube by its barcode, which a scanner types and ends with Enter, and the code of the sample in it. */
export function TubeFields({ form }: { form: DraftForm }) {
  const { t } = useTranslation();
  const moment = useMoment();
  const sample = useRef<HTMLInputElement>(null);
  const { draft, set, text } = form;
  /** Now the blood is drawn; the code of the sample is the barcode unless it has its own. */
  const take = (): void => {
    const barcode = readBarcode(draft.barcode);
    if (barcode === '' || draft.drawnAt !== '') return;
    const drawnAt = isBarcode(barcode) ? new Date().toISOString() : '';
    set({ barcode, drawnAt, ...(draft.sampleId === '' && { sampleId: barcode }) });
  };
  const end = (event: KeyboardEvent): void => {
    if (event.key !== 'Enter') return;
    // The scanner's Enter ends the barcode, not the form.
    event.preventDefault();
    take();
    sample.current?.focus();
  };
  const isMisread = draft.barcode !== '' && draft.drawnAt === '' && !isBarcode(readBarcode(draft.barcode)); // prettier-ignore
  return (
    <Section title={t('collection.tube')} text={t('collection.tubeText')}>
      <SimpleGrid cols={{ base: 1, sm: 3 }}>
        <TextInput
          {...text('barcode')}
          label={t('collection.barcode')}
          description={draft.drawnAt ? t('collection.drawnAt', { at: moment(draft.drawnAt) }) : t('collection.barcodeHelp')} // prettier-ignore
          error={
            form.faultOf('barcode') ??
            (isMisread &&
              draft.barcode.length >= BARCODE_LENGTH &&
              t('collection.fault.barcodeWrong'))
          }
          onChange={({ currentTarget: { value } }) => {
            // The code goes with the barcode that it was taken from.
            set({ barcode: value, drawnAt: '', ...(draft.sampleId === draft.barcode && { sampleId: '' }) }); // prettier-ignore
          }}
          onKeyDown={end}
          onBlur={take}
          required
          data-autofocus
          autoFocus
          autoComplete="off"
          classNames={{ input: 'codes' }}
        />
        <TextInput
          {...text('sampleId')}
          ref={sample}
          label={t('collection.sample')}
          description={t('collection.sampleHelp')}
          required
          readOnly={draft.replaces !== ''}
          autoComplete="off"
          classNames={{ input: 'codes' }}
        />
        <TextInput
          {...text('scanner')}
          label={t('collection.scanner')}
          description={t('collection.scannerHelp')}
          required
          autoComplete="off"
        />
      </SimpleGrid>
    </Section>
  );
}

const BARCODE_LENGTH = 18;
