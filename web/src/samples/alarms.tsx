import { useTranslation } from 'react-i18next';
import { queries } from '../api/client.ts';
import { DataTable } from '../common/data-table.tsx';
import { useMoment } from '../common/dates.ts';
import { ProblemAlert } from '../common/problem-alert.tsx';
import { Section } from '../common/section.tsx';

/** Those that a collection point meets; of others the code says enough to ask. */
const CODES = [
  'CHECK_CHARACTER_WRONG',
  'BARCODE_NOT_YOURS',
  'EVENT_NOT_YOURS',
  'SCANNED_TWICE',
  'ORDER_IMPOSSIBLE',
  'CHAIN_ENDED',
  'TIME_BACKWARD',
  'TIME_IN_FUTURE',
  'LOT_EXPIRED',
  'SAMPLE_MISMATCH',
  'SAMPLE_NOT_UPLOADED',
  'SAMPLE_WITHDRAWN',
  'REDRAW_NOT_WANTED',
  'NOT_DISPATCHED',
  'NOT_RECEIVED',
] as const;

/** Scans that could not be, and tubes that are overdue, until the laboratory says what it was. */
export function Alarms() {
  const { t } = useTranslation();
  const moment = useMoment();
  const { data, error } = queries.useQuery('get', '/v1/custody/alarms', {
    params: { query: { state: 'open' } },
  });
  const textOf = (code: string): string => {
    const known = CODES.find((one) => one === code);
    return known ? t(`tubes.alarm.${known}`) : code;
  };
  return (
    <Section title={t('tubes.alarms')} text={t('tubes.alarmsText')}>
      {error && <ProblemAlert error={error} />}
      {data && (
        <DataTable
          label={t('tubes.alarms')}
          rows={data.alarms}
          keyOf={({ id }) => id}
          columns={[
            { title: t('collection.barcode'), of: ({ barcode }) => barcode, as: 'code' },
            { title: t('tubes.what'), of: ({ code }) => textOf(code) },
            { title: t('tubes.since'), of: ({ at }) => moment(at), as: 'moment' },
          ]}
        />
      )}
    </Section>
  );
}
