import { Button, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { queries } from '../api/client.ts';
import type { paths } from '../api/schema.d.ts';
import { DataTable } from '../common/data-table.tsx';
import { useMoment } from '../common/dates.ts';
import { formatSmall } from '../common/numbers.ts';
import { ProblemAlert } from '../common/problem-alert.tsx';
import { HashText } from './hash-text.tsx';
import type { Policy } from './policy-parameters.ts';

type Table =
  paths['/v1/frequency-tables']['get']['responses'][200]['content']['application/json']['frequencyTables'][number];

type FrequencyTablesProps = {
  readonly tables: readonly Table[];
  readonly policies: readonly Policy[];
};

/** Each version of the frequencies, by whom it is used, and what stands in it. */
export function FrequencyTables({ tables, policies }: FrequencyTablesProps) {
  const { t } = useTranslation();
  const moment = useMoment();
  const [shown, setShown] = useState<string | null>(null);
  const usersOf = (tableId: string): string => {
    const users = policies.filter(({ frequencyTableId }) => frequencyTableId === tableId);
    return [...new Set(users.map(({ name }) => name))].join(', ') || '—';
  };
  return (
    <>
      <DataTable
        label={t('searches.tables')}
        rows={tables}
        keyOf={({ id }) => id}
        columns={[
          { title: t('searches.name'), of: ({ name }) => name },
          { title: t('searches.created'), of: ({ createdAt }) => moment(createdAt), as: 'moment' },
          { title: t('searchDetails.usedBy'), of: ({ id }) => usersOf(id) },
          {
            title: t('searches.hash'),
            of: ({ contentHash }) => <HashText value={contentHash} />,
            as: 'code',
          },
          {
            title: t('searchDetails.content'),
            of: ({ id, name }) => (
              <Button
                size="compact-xs"
                variant="default"
                aria-expanded={shown === id}
                aria-label={t('searchDetails.showLoci', { name })}
                onClick={() => {
                  setShown(shown === id ? null : id);
                }}
              >
                {t('searchDetails.loci')}
              </Button>
            ),
          },
        ]}
      />
      {shown !== null && <TableLoci tableId={shown} />}
    </>
  );
}

function TableLoci({ tableId }: { tableId: string }) {
  const { t, i18n } = useTranslation();
  const { data, error } = queries.useQuery('get', '/v1/frequency-tables/{tableId}', {
    params: { path: { tableId } },
  });
  if (error) return <ProblemAlert error={error} />;
  if (!data) return null;
  const show = (count: number | null): string => count?.toLocaleString(i18n.language) ?? '—';
  return (
    <>
      <Text fw={600} mt="md" mb={4}>
        {t('searchDetails.lociOf', { name: data.name, count: data.loci.length })}
      </Text>
      <DataTable
        label={t('searchDetails.lociOf', { name: data.name, count: data.loci.length })}
        rows={data.loci}
        keyOf={({ locus }) => locus}
        columns={[
          { title: t('loci.locus'), of: ({ locus }) => locus, as: 'code' },
          { title: t('searchDetails.alleles'), of: ({ alleles }) => show(alleles), as: 'number' },
          {
            title: t('searchDetails.counted'),
            of: ({ allelesCounted }) => show(allelesCounted),
            as: 'number',
          },
          {
            title: t('searchDetails.smallest'),
            of: ({ smallestFrequency }) => formatSmall(smallestFrequency),
            as: 'number',
          },
        ]}
      />
    </>
  );
}
