import { useTranslation } from 'react-i18next';
import { queries } from '../api/client.ts';
import { DataTable } from '../common/data-table.tsx';
import { useMoment } from '../common/dates.ts';
import { ProblemAlert } from '../common/problem-alert.tsx';
import { Section } from '../common/section.tsx';
import { useFaultText } from '../offline/fault-text.ts';

/** Scans that could not be, and tubes that are overdue, until the laboratory says what it was; nothing where none are. */
export function Alarms() {
  const { t } = useTranslation();
  const moment = useMoment();
  const textOf = useFaultText();
  const { data, error } = queries.useQuery('get', '/v1/custody/alarms', {
    params: { query: { state: 'open' } },
  });
  if (error) return <ProblemAlert error={error} />;
  if (!data || data.alarms.length === 0) return null;
  return (
    <Section title={t('tubes.alarms')} text={t('tubes.alarmsText')}>
      <DataTable
        label={t('tubes.alarms')}
        rows={data.alarms}
        keyOf={({ id }) => id}
        columns={[
          { title: t('collection.barcode'), of: ({ barcode }) => barcode, as: 'code' },
          { title: t('tubes.what'), of: ({ code }) => textOf(code, code) },
          { title: t('tubes.since'), of: ({ at }) => moment(at), as: 'moment' },
        ]}
      />
    </Section>
  );
}
