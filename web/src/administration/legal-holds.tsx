import { SegmentedControl } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, queries } from '../api/client.ts';
import type { paths } from '../api/schema.d.ts';
import { useChange } from '../common/use-change.ts';
import { ConfirmButton } from '../common/confirm-button.tsx';
import { DataTable } from '../common/data-table.tsx';
import { useMoment } from '../common/dates.ts';
import { ProblemAlert } from '../common/problem-alert.tsx';
import { Section } from '../common/section.tsx';
import { HoldForm } from './hold-form.tsx';
import { useActorNames } from './use-audit.ts';

type Hold =
  paths['/v1/legal-holds']['get']['responses'][200]['content']['application/json']['holds'][number];

const STATES = ['standing', 'ended'] as const;

/** Cases whose samples are kept whatever their retention says. */
export function LegalHolds() {
  const { t } = useTranslation();
  const moment = useMoment();
  const nameOf = useActorNames();
  const [state, setState] = useState<(typeof STATES)[number]>('standing');
  const { data, error, refetch } = queries.useQuery('get', '/v1/legal-holds', {
    params: { query: { state } },
  });
  return (
    <Section
      title={t('adminOversight.holds')}
      text={t('adminOversight.holdsText')}
      action={
        <SegmentedControl
          aria-label={t('administration.state')}
          value={state}
          onChange={(value) => {
            setState(STATES.find((one) => one === value) ?? state);
          }}
          data={STATES.map((value) => ({ value, label: t(`adminOversight.${value}`) }))}
        />
      }
    >
      {error && <ProblemAlert error={error} onRetry={() => void refetch()} />}
      {data && (
        <DataTable
          label={t('adminOversight.holds')}
          rows={data.holds}
          minWidth={800}
          keyOf={({ id }) => id}
          columns={[
            { title: t('cases.id'), of: ({ caseId }) => caseId, as: 'code' },
            { title: t('adminOversight.reason'), of: ({ reason }) => reason },
            { title: t('adminOversight.until'), of: ({ until }) => until, as: 'moment' },
            {
              title: t('adminOversight.placed'),
              of: ({ placedBy, placedAt }) => `${nameOf(placedBy) ?? placedBy} · ${moment(placedAt)}`, // prettier-ignore
            },
            { title: t('administration.state'), of: (hold) => <HoldState hold={hold} /> },
          ]}
        />
      )}
      <HoldForm />
    </Section>
  );
}

function HoldState({ hold: { id, caseId, releasedBy, releasedAt, until } }: { hold: Hold }) {
  const { t } = useTranslation();
  const moment = useMoment();
  const nameOf = useActorNames();
  const release = useChange((holdId: string) =>
    api.DELETE('/v1/legal-holds/{holdId}', { params: { path: { holdId } } }),
  );
  if (releasedAt !== null) {
    return `${t('adminOversight.released')}: ${nameOf(releasedBy) ?? releasedBy ?? ''} · ${moment(releasedAt)}`;
  }
  if (until < new Date().toISOString().slice(0, 10)) return t('adminOversight.over');
  return (
    <ConfirmButton
      label={t('adminOversight.release')}
      question={t('adminOversight.confirmRelease', { caseId })}
      onConfirmed={() => {
        release.mutate(id);
      }}
    />
  );
}
