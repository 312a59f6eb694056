import { Button, Group } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { asProblem, queries } from '../api/client.ts';
import { DataTable } from '../common/data-table.tsx';
import { ProblemAlert } from '../common/problem-alert.tsx';
import { Section } from '../common/section.tsx';
import { PositionFields, readPosition } from './point-fields.tsx';

const METRES_A_KILOMETRE = 1_000;
const NO_FAULT = (): null => null;

/** Which collection points that are open lie nearest to a place. */
export function NearestPoints() {
  const { t, i18n } = useTranslation();
  const [near, setNear] = useState<string | null>(null);
  const { data, error, isFetching } = queries.useQuery(
    'get',
    '/v1/collection-points',
    { params: { query: { near: near ?? '' } } },
    { enabled: near !== null },
  );
  const kilometres = (metres: number): string =>
    (metres / METRES_A_KILOMETRE).toLocaleString(i18n.language, { maximumFractionDigits: 1 });
  return (
    <Section title={t('adminPoints.nearest')} text={t('adminPoints.nearestHelp')}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          const place = readPosition(event.currentTarget);
          if (place) setNear(`${place.latitude},${place.longitude}`);
        }}
      >
        <Group align="flex-end" gap="sm" mb="sm">
          <PositionFields position={null} fault={NO_FAULT} required />
          <Button type="submit" variant="default" loading={isFetching}>
            {t('adminPoints.find')}
          </Button>
        </Group>
      </form>
      {asProblem(error) && <ProblemAlert error={error} />}
      {data && 'features' in data && (
        <DataTable
          label={t('adminPoints.nearest')}
          rows={data.features}
          keyOf={({ id }) => id}
          columns={[
            { title: t('administration.code'), of: ({ properties }) => properties.code, as: 'code' }, // prettier-ignore
            { title: t('administration.name'), of: ({ properties }) => properties.name },
            { title: t('adminPoints.address'), of: ({ properties }) => properties.address ?? '—' },
            {
              title: t('adminPoints.distance'),
              of: ({ properties }) => kilometres(properties.distanceMetres),
              as: 'number',
            },
          ]}
        />
      )}
    </Section>
  );
}
