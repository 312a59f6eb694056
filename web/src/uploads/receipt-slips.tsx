import { Button, Group, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMoment } from '../common/dates.ts';
import { Section } from '../common/section.tsx';
import { SampleSlip, type Slip } from '../samples/sample-slip.tsx';
import type { Receipt } from './receipt.ts';

const MOST_SLIPS = 200;

/** A slip for each sample that was taken, to be cut and given away: shown when they are wanted. */
export function ReceiptSlips({ receipt: { rows, receivedAt } }: { receipt: Receipt }) {
  const { t } = useTranslation();
  const moment = useMoment();
  const [areShown, setShown] = useState(false);
  const slips = rows.flatMap(({ sampleId, caseId, outcome }): Slip[] =>
    sampleId === null || outcome === 'refused'
      ? []
      : [{ sampleId, caseId, barcode: null, facts: [[t('uploads.received'), moment(receivedAt)]] }],
  );
  if (slips.length === 0) return null;
  const shown = slips.slice(0, MOST_SLIPS);
  return (
    <Section
      title={t('slip.slips')}
      action={
        <Group className="no-print">
          <Button
            variant="default"
            size="xs"
            aria-expanded={areShown}
            onClick={() => {
              setShown(!areShown);
            }}
          >
            {t(areShown ? 'slip.hide' : 'slip.show', { count: shown.length })}
          </Button>
        </Group>
      }
    >
      {areShown && (
        <Stack>
          {shown.map((slip) => (
            <SampleSlip key={slip.sampleId} slip={slip} />
          ))}
        </Stack>
      )}
      {slips.length > shown.length && (
        <Text size="sm">{t('slip.more', { count: slips.length - shown.length })}</Text>
      )}
    </Section>
  );
}
