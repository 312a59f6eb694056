import { Badge, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { queries } from '../api/client.ts';
import { DataTable } from '../common/data-table.tsx';
import { useMoment } from '../common/dates.ts';
import { ProblemAlert } from '../common/problem-alert.tsx';
import { Section } from '../common/section.tsx';
import { tableLabel } from '../common/table-label.ts';
import { FrequencyTables } from './frequency-tables.tsx';
import { HashText } from './hash-text.tsx';
import { PolicyComparison } from './policy-comparison.tsx';
import type { Policy } from './policy-parameters.ts';
import { type Period, readPeriods } from './policy-periods.ts';

/** As many sweeps as the service lists at once: when policies of long ago were in force it may not say. */
const MOST_SWEEPS = 500;

/** By which rules and which frequencies candidates are computed; none is ever edited. */
export function Policies() {
  const { t } = useTranslation();
  const { data, error } = queries.useQuery('get', '/v1/policies');
  const tables = queries.useQuery('get', '/v1/frequency-tables');
  const labels = new Map(tables.data?.frequencyTables.map((one) => [one.id, tableLabel(one)]));
  return (
    <>
      <Section title={t('searches.policies')} text={t('searchDetails.policiesText')}>
        {error && <ProblemAlert error={error} />}
        {data && <PolicyTable policies={data.policies} tableLabels={labels} />}
      </Section>
      {data && data.policies.length > 1 && (
        <PolicyComparison policies={data.policies} tableLabels={labels} />
      )}
      <Section title={t('searches.tables')} text={t('searchDetails.tablesText')}>
        {tables.error && <ProblemAlert error={tables.error} />}
        {tables.data && (
          <FrequencyTables tables={tables.data.frequencyTables} policies={data?.policies ?? []} />
        )}
      </Section>
    </>
  );
}

type PolicyTableProps = {
  readonly policies: readonly Policy[];
  /** By their ids. */
  readonly tableLabels: ReadonlyMap<string, string>;
};

function PolicyTable({ policies, tableLabels }: PolicyTableProps) {
  const { t, i18n } = useTranslation();
  const { data } = queries.useQuery('get', '/v1/sweeps', {
    params: { query: { limit: MOST_SWEEPS } },
  });
  const periods = readPeriods(data?.sweeps ?? []);
  return (
    <DataTable
      label={t('searches.policies')}
      rows={policies}
      keyOf={({ id }) => id}
      columns={[
        { title: t('searches.name'), of: ({ name }) => name },
        { title: t('searches.state'), of: ({ active }) => (active ? <InForce /> : '—') },
        {
          title: t('searchDetails.periods'),
          of: ({ id }) => <Periods periods={periods.get(id) ?? []} />,
        },
        {
          title: t('searches.threshold'),
          of: ({ document }) => document.threshold.toLocaleString(i18n.language),
          as: 'number',
        },
        {
          title: t('provenance.table'),
          of: ({ frequencyTableId }) => tableLabels.get(frequencyTableId) ?? '—',
        },
        {
          title: t('searches.hash'),
          of: ({ contentHash }) => <HashText value={contentHash} />,
          as: 'code',
        },
      ]}
    />
  );
}

function Periods({ periods }: { periods: readonly Period[] }) {
  const { t } = useTranslation();
  const moment = useMoment();
  if (periods.length === 0) return '—';
  return periods.map(({ from, until }) => (
    <Text key={from} size="sm" className="one-line">
      {until === null
        ? t('searchDetails.since', { from: moment(from) })
        : t('searchDetails.fromUntil', { from: moment(from), until: moment(until) })}
    </Text>
  ));
}

function InForce() {
  const { t } = useTranslation();
  return (
    <Badge tt="none" variant="light">
      {t('searches.inForce')}
    </Badge>
  );
}
