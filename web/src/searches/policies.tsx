import { Badge } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { queries } from '../api/client.ts';
import { DataTable } from '../common/data-table.tsx';
import { useMoment } from '../common/dates.ts';
import { ProblemAlert } from '../common/problem-alert.tsx';
import { Section } from '../common/section.tsx';

/** By which rules and which frequencies candidates are computed; none is ever edited. */
export function Policies() {
  const { t } = useTranslation();
  return (
    <>
      <Section title={t('searches.policies')}>
        <PolicyTable />
      </Section>
      <Section title={t('searches.tables')}>
        <FrequencyTables />
      </Section>
    </>
  );
}

function PolicyTable() {
  const { t, i18n } = useTranslation();
  const moment = useMoment();
  const { data, error } = queries.useQuery('get', '/v1/policies');
  if (error) return <ProblemAlert error={error} />;
  if (!data) return null;
  return (
    <DataTable
      label={t('searches.policies')}
      rows={data.policies}
      keyOf={({ id }) => id}
      columns={[
        { title: t('searches.name'), of: ({ name }) => name },
        { title: t('searches.state'), of: ({ active }) => (active ? <InForce /> : '—') },
        {
          title: t('searches.threshold'),
          of: ({ document }) => document.threshold.toLocaleString(i18n.language),
          as: 'number',
        },
        { title: t('searches.created'), of: ({ createdAt }) => moment(createdAt), as: 'moment' },
        {
          title: t('searches.hash'),
          of: ({ contentHash }) => <Hash value={contentHash} />,
          as: 'code',
        },
      ]}
    />
  );
}

function InForce() {
  const { t } = useTranslation();
  return (
    <Badge tt="none" variant="light">
      {t('searches.inForce')}
    </Badge>
  );
}

function FrequencyTables() {
  const { t } = useTranslation();
  const moment = useMoment();
  const { data, error } = queries.useQuery('get', '/v1/frequency-tables');
  if (error) return <ProblemAlert error={error} />;
  if (!data) return null;
  return (
    <DataTable
      label={t('searches.tables')}
      rows={data.frequencyTables}
      keyOf={({ id }) => id}
      columns={[
        { title: t('searches.name'), of: ({ name }) => name },
        { title: t('searches.created'), of: ({ createdAt }) => moment(createdAt), as: 'moment' },
        {
          title: t('searches.hash'),
          of: ({ contentHash }) => <Hash value={contentHash} />,
          as: 'code',
        },
      ]}
    />
  );
}

const SHOWN_DIGITS = 16;

/** Its beginning; the whole stands in the title. */
function Hash({ value }: { value: string }) {
  return <span title={value}>{value.slice(0, SHOWN_DIGITS)}…</span>;
}
