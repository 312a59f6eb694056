import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { DataTable } from '../common/data-table.tsx';
import { useMoment } from '../common/dates.ts';
import { IdentityButton } from './identity-button.tsx';
import type { OwnSample } from './use-samples.ts';

/** One line a sample: what was recorded of it, where its tube is, and whether it was typed. */
export function SampleTable({ samples }: { samples: readonly OwnSample[] }) {
  const { t } = useTranslation();
  const moment = useMoment();
  return (
    <DataTable
      label={t('samples.title')}
      rows={samples}
      keyOf={({ sampleId }) => sampleId}
      minWidth={1080}
      columns={[
        { title: t('samples.sample'), of: ({ sampleId }) => sampleId, as: 'code' },
        { title: t('samples.state'), of: (sample) => <StateCell sample={sample} /> },
        {
          title: t('samples.whose'),
          of: ({ side, relation }) =>
            relation ? t(`relation.${relation}`) : side ? t('samples.unknown') : '—',
        },
        {
          title: t('samples.case'),
          of: ({ family, caseId }) => [family, caseId].filter(Boolean).join(' · ') || '—',
          as: 'code',
        },
        { title: t('samples.consent'), of: ({ consented }) => <Mark isThere={consented} /> },
        { title: t('samples.identity'), of: (sample) => <IdentityCell sample={sample} /> },
        { title: t('samples.tube'), of: (sample) => <TubeCell sample={sample} /> },
        {
          title: t('samples.typed'),
          of: ({ typed }) =>
            typed ? `${t('samples.loci', { count: typed.loci })} · ${moment(typed.at)}` : '—',
        },
      ]}
    />
  );
}

function StateCell({ sample: { state, withdrawnAt } }: { sample: OwnSample }) {
  const { t } = useTranslation();
  const moment = useMoment();
  return (
    <>
      {t(`samples.states.${state}`)}
      {withdrawnAt !== null && (
        <Text size="xs" c="dimmed">
          {moment(withdrawnAt)}
        </Text>
      )}
    </>
  );
}

function Mark({ isThere }: { isThere: boolean }) {
  const { t } = useTranslation();
  return t(isThere ? 'samples.yes' : 'samples.no');
}

/** Before the profile nobody can be named, and after a withdrawal nobody is to be. */
function IdentityCell({ sample: { sampleId, state, identified } }: { sample: OwnSample }) {
  if (state !== 'typed') return '—';
  return identified ? <Mark isThere /> : <IdentityButton sampleId={sampleId} />;
}

function TubeCell({ sample: { tube } }: { sample: OwnSample }) {
  const { t } = useTranslation();
  const moment = useMoment();
  if (!tube) return '—';
  const { barcode, state, since, redrawWanted } = tube;
  return (
    <>
      {t(`samples.tubes.${state}`)} · {moment(since)}
      {redrawWanted && ` · ${t('samples.redrawWanted')}`}
      <Text size="xs" c="dimmed" className="codes">
        {barcode}
      </Text>
    </>
  );
}
