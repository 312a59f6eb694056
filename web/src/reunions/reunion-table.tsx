import { Anchor, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { paths } from '../api/schema.d.ts';
import { DataTable } from '../common/data-table.tsx';
import { useMoment } from '../common/dates.ts';

type Listed =
  paths['/v1/reunions']['get']['responses'][200]['content']['application/json']['reunions'][number];

export function ReunionTable({ reunions }: { reunions: readonly Listed[] }) {
  const { t } = useTranslation();
  const moment = useMoment();
  if (reunions.length === 0) return <Text>{t('reunions.empty')}</Text>;
  return (
    <DataTable
      label={t('reunions.title')}
      rows={reunions}
      keyOf={({ id }) => id}
      columns={[
        { title: t('reunions.who'), of: (reunion) => <Name reunion={reunion} /> },
        {
          title: t('reunions.cases'),
          of: ({ unknownCaseNumber, familyCaseNumber }) => (
            <>
              <div className="numbers">{unknownCaseNumber}</div>
              <div className="numbers">{familyCaseNumber}</div>
            </>
          ),
          as: 'code',
        },
        {
          title: t('candidates.state'),
          of: ({ state }) => <span className="numbers">{t(`reunionStep.${state}`)}</span>,
        },
        { title: t('reunions.since'), of: ({ since }) => moment(since), as: 'moment' },
        { title: t('reunions.begun'), of: ({ startedAt }) => moment(startedAt), as: 'moment' }, // prettier-ignore
      ]}
    />
  );
}

/** The codes of both sides, as long as nobody of them has withdrawn. */
function Name({ reunion: { id, unknown, family } }: { reunion: Listed }) {
  const { t } = useTranslation();
  const name =
    unknown !== null && family !== null
      ? t('candidate.title', { person: unknown, family })
      : t('reunions.gone');
  return (
    <Anchor
      size="sm"
      fw={600}
      renderRoot={(props) => (
        <Link to="/reunions/$reunionId" params={{ reunionId: id }} {...props} />
      )}
    >
      {name}
    </Anchor>
  );
}
