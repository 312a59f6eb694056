import { Group, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { queries } from '../api/client.ts';
import type { paths } from '../api/schema.d.ts';
import { DataTable } from '../common/data-table.tsx';
import { ProblemAlert } from '../common/problem-alert.tsx';
import { findProvince } from '../common/provinces.ts';
import { Section } from '../common/section.tsx';
import { ChangePoint } from './change-point.tsx';
import { PointState } from './point-state.tsx';

export type CollectionPoint =
  paths['/v1/collection-points']['get']['responses'][200]['content']['application/json']['collectionPoints'][number];

/** The registry of collection points. */
export function CollectionPoints() {
  const { t, i18n } = useTranslation();
  const { data, error, refetch } = queries.useQuery('get', '/v1/collection-points');
  return (
    <Section title={t('adminPoints.list')}>
      {error && <ProblemAlert error={error} onRetry={() => void refetch()} />}
      {data && (
        <DataTable
          label={t('adminPoints.list')}
          rows={'collectionPoints' in data ? data.collectionPoints : []}
          minWidth={880}
          keyOf={({ id }) => id}
          columns={[
            { title: t('administration.code'), of: ({ code }) => code, as: 'code' },
            { title: t('administration.name'), of: ({ name }) => name },
            {
              title: t('administration.division'),
              of: ({ division }) => `${division} ${findProvince(division, i18n.language) ?? ''}`,
            },
            { title: t('administration.phone'), of: ({ phone }) => phone ?? '—', as: 'moment' },
            {
              title: t('administration.quota'),
              of: ({ monthlyQuota }) =>
                monthlyQuota?.toLocaleString(i18n.language) ?? t('administration.unlimited'),
              as: 'number',
            },
            {
              title: t('administration.state'),
              of: ({ state, stateReason }) => (
                <>
                  {t(`administration.${state}`)}
                  {stateReason !== null && (
                    <Text size="xs" c="dimmed">
                      {stateReason}
                    </Text>
                  )}
                </>
              ),
            },
            {
              title: t('adminRules.actions'),
              of: (point) => (
                <Group gap={6} wrap="nowrap">
                  <ChangePoint point={point} />
                  <PointState point={point} />
                </Group>
              ),
            },
          ]}
        />
      )}
    </Section>
  );
}
