import { Anchor } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { queries } from '../api/client.ts';
import { DataTable } from '../common/data-table.tsx';
import { useMoment } from '../common/dates.ts';
import { ProblemAlert } from '../common/problem-alert.tsx';
import { Section } from '../common/section.tsx';

/** Whom to call in once more; nothing is shown where nobody is. */
export function Redraws() {
  const { t } = useTranslation();
  const moment = useMoment();
  const { data, error } = queries.useQuery('get', '/v1/custody/redraws');
  if (error) return <ProblemAlert error={error} />;
  if (!data || data.redraws.length === 0) return null;
  return (
    <Section title={t('samples.redraws')} text={t('samples.redrawsText')}>
      <DataTable
        label={t('samples.redraws')}
        rows={data.redraws}
        keyOf={({ barcode }) => barcode}
        columns={[
          { title: t('samples.sample'), of: ({ sampleId }) => sampleId, as: 'code' },
          { title: t('collection.barcode'), of: ({ barcode }) => barcode, as: 'code' },
          { title: t('samples.tube'), of: ({ state }) => t(`samples.tubes.${state}`) },
          { title: t('samples.since'), of: ({ since }) => moment(since), as: 'moment' },
          {
            title: t('samples.drawAgain'),
            of: ({ barcode, sampleId }) => (
              <Anchor
                size="sm"
                renderRoot={(props) => (
                  <Link
                    to="/collection"
                    search={{ replaces: barcode, sample: sampleId }}
                    {...props}
                  />
                )}
              >
                {t('samples.drawAgain')}
              </Anchor>
            ),
          },
        ]}
      />
    </Section>
  );
}
