import { Anchor, Group, Stack, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { api, ifMatch, queries } from '../api/client.ts';
import type { paths } from '../api/schema.d.ts';
import type { Candidate } from '../candidates/candidate-detail.ts';
import { useChange } from '../common/use-change.ts';
import { useMoment } from '../common/dates.ts';
import { ProblemAlert } from '../common/problem-alert.tsx';
import { Section } from '../common/section.tsx';
import { RemarkForm } from './remark-form.tsx';
import { UNDER_WAY } from './way.ts';
import { ReunionSheet } from './reunion-sheet.tsx';

/** What follows a supported candidate: the reunion that is under way, or its beginning, and those before. */
export function ReunionPanel({ candidate }: { candidate: Candidate }) {
  const { id, state } = candidate;
  const { data, error, refetch } = queries.useQuery(
    'get',
    '/v1/candidates/{candidateId}/reunions',
    { params: { path: { candidateId: id } } },
  );
  if (error) return <ProblemAlert error={error} onRetry={() => void refetch()} />;
  const reunions = data?.reunions ?? [];
  const standing = reunions.find((one) => [...UNDER_WAY, 'reunited'].includes(one.state));
  const earlier = reunions.filter((one) => one !== standing);
  if (state !== 'supported' && reunions.length === 0) return null;
  return (
    <>
      {standing && <ReunionSheet reunionId={standing.id} />}
      {!standing && state === 'supported' && (
        <Begin key={candidate.version} candidate={candidate} />
      )}
      {earlier.length > 0 && <Earlier reunions={earlier} />}
    </>
  );
}

function Begin({ candidate: { id, version, unknown, relatives } }: { candidate: Candidate }) {
  const { t } = useTranslation();
  const begin = useChange((remark: string) =>
    api.POST('/v1/candidates/{candidateId}/reunions', {
      params: { path: { candidateId: id }, header: ifMatch(version) },
      body: { remark },
    }),
  );
  return (
    <Section anchor="reunion" title={t('reunions.one')} text={t('reunions.beginText')}>
      <Stack gap="sm">
        <Text size="sm">
          {t('reunions.toSample')}{' '}
          <span className="codes">{[unknown, ...relatives].join(', ')}</span>
        </Text>
        <RemarkForm
          label={t('reunions.beginRemark')}
          button={t('reunions.begin')}
          isPending={begin.isPending}
          onSaid={begin.mutate}
        />
      </Stack>
    </Section>
  );
}

type Listed =
  paths['/v1/candidates/{candidateId}/reunions']['get']['responses'][200]['content']['application/json']['reunions'][number];

/** Refuted, declined or undone: what was done on the way stays. */
function Earlier({ reunions }: { reunions: readonly Listed[] }) {
  const { t } = useTranslation();
  const moment = useMoment();
  return (
    <Section title={t('reunions.earlier')}>
      {reunions.map(({ id, state, startedAt }) => (
        <Group key={id} gap="xs">
          <Anchor
            size="sm"
            renderRoot={(props) => (
              <Link to="/reunions/$reunionId" params={{ reunionId: id }} {...props} />
            )}
          >
            {t('reunions.begunAt', { at: moment(startedAt) })}
          </Anchor>
          <Text size="sm">{t(`reunionStep.${state}`)}</Text>
        </Group>
      ))}
    </Section>
  );
}
