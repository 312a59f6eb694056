import { useTranslation } from 'react-i18next';
import { queries } from '../api/client.ts';
import { DataTable } from '../common/data-table.tsx';
import { ProblemAlert } from '../common/problem-alert.tsx';
import { Section } from '../common/section.tsx';

export function CollectionPoints() {
  const { t, i18n } = useTranslation();
  const { data, error } = queries.useQuery('get', '/v1/collection-points');
  return (
    <Section title={t('administration.points')}>
      {error && <ProblemAlert error={error} />}
      {data && (
        <DataTable
          label={t('administration.points')}
          rows={'collectionPoints' in data ? data.collectionPoints : []}
          keyOf={({ id }) => id}
          columns={[
            { title: t('administration.code'), of: ({ code }) => code, as: 'code' },
            { title: t('administration.name'), of: ({ name }) => name },
            { title: t('administration.division'), of: ({ division }) => division, as: 'code' },
            { title: t('administration.phone'), of: ({ phone }) => phone ?? '—', as: 'code' },
            {
              title: t('administration.quota'),
              of: ({ monthlyQuota }) =>
                monthlyQuota?.toLocaleString(i18n.language) ?? t('administration.unlimited'),
              as: 'number',
            },
            { title: t('administration.state'), of: ({ state }) => t(`administration.${state}`) },
          ]}
        />
      )}
    </Section>
  );
}
