import { Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { addProgress, type Pace, type Progress, readPace } from './pace.ts';

/** How fast something goes, and when it will be done if it goes on so. */
export function PaceLine({ progress }: { progress: Progress }) {
  const { t, i18n } = useTranslation();
  const [seen, setSeen] = useState<readonly Progress[]>([]);
  if (seen.at(-1)?.at !== progress.at) setSeen(addProgress(seen, progress));
  const pace = readPace(seen);
  if (progress.pending === 0) return null;
  return (
    <Text size="xs" c="dimmed" className="numbers">
      {pace ? sayPace(pace) : t('searchDetails.measuring')}
    </Text>
  );

  function sayPace({ perMinute, msLeft }: Pace): string {
    const rate = perMinute.toLocaleString(i18n.language, { maximumSignificantDigits: 2 });
    if (msLeft === null) return t('searchDetails.still');
    return t('searchDetails.pace', { rate, left: showDuration(msLeft, i18n.language) });
  }
}

const UNITS = [
  { unit: 'day', ms: 86_400_000 },
  { unit: 'hour', ms: 3_600_000 },
  { unit: 'minute', ms: 60_000 },
  { unit: 'second', ms: 1_000 },
] as const;

/** In the largest unit that it fills twice, rounded up. */
function showDuration(ms: number, language: string): string {
  const { unit, ms: one } = UNITS.find((size) => ms >= 2 * size.ms) ?? {
    unit: 'second',
    ms: 1_000,
  };
  const form = new Intl.NumberFormat(language, { style: 'unit', unit, unitDisplay: 'long' });
  return form.format(Math.ceil(ms / one));
}
