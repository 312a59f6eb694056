import { Button, Group, Stack, Text, Textarea } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { api, ifMatch } from '../api/client.ts';
import { useMoment } from '../common/dates.ts';
import { formText } from '../common/form-text.ts';
import { Section } from '../common/section.tsx';
import { useMe } from '../common/use-me.ts';
import { type Candidate, useAnalystNames } from './candidate-detail.ts';
import { DecisionForm } from './decision-form.tsx';
import { RoundBefore } from './round-before.tsx';
import { useChange } from '../common/use-change.ts';

/** Signing, taking up, and opening again. */
export function ReviewPanel({ candidate }: { candidate: Candidate }) {
  const { t } = useTranslation();
  const me = useMe();
  const { signaturesWanted, decisions, round, state } = candidate;
  const hasSigned = decisions.some(
    (decision) => decision.round === round && decision.decidedBy === me,
  );
  return (
    <Section
      anchor="review"
      title={t('review.title')}
      text={t('review.blind')}
      action={<ClaimButton candidate={candidate} me={me} />}
    >
      <Stack gap="sm">
        <RoundBefore candidate={candidate} />
        <Text size="sm" role="status">
          {state === 'disputed'
            ? t('review.third')
            : t('review.signaturesWanted', { count: signaturesWanted })}{' '}
          {hasSigned && t('review.youSigned')}
        </Text>
        {signaturesWanted > 0 && !hasSigned && (
          <DecisionForm key={candidate.version} candidate={candidate} />
        )}
        {signaturesWanted === 0 && <ReopenForm candidate={candidate} />}
      </Stack>
    </Section>
  );
}

function ReopenForm({ candidate: { id, version } }: { candidate: Candidate }) {
  const { t } = useTranslation();
  const reopen = useChange((reason: string) =>
    api.POST('/v1/candidates/{candidateId}/reopenings', {
      params: { path: { candidateId: id }, header: ifMatch(version) },
      body: { reason },
    }),
  );
  return (
    <form
      className="no-print"
      onSubmit={(event) => {
        event.preventDefault();
        reopen.mutate(formText(event.currentTarget, 'reason'));
      }}
    >
      <Group align="flex-end" gap="sm">
        <Textarea
          name="reason"
          label={t('review.reopenReason')}
          required
          maxLength={2000}
          autosize
          style={{ flex: 1 }}
        />
        <Button type="submit" variant="default" loading={reopen.isPending}>
          {t('review.reopen')}
        </Button>
      </Group>
    </form>
  );
}

function ClaimButton({
  candidate: { id, version, claims, signaturesWanted },
  me,
}: {
  candidate: Candidate;
  me: string | null;
}) {
  const { t } = useTranslation();
  const moment = useMoment();
  const nameOf = useAnalystNames();
  const mine = claims.find(({ analystId }) => analystId === me);
  const params = { path: { candidateId: id }, header: ifMatch(version) };
  const claim = useChange(() =>
    api.POST('/v1/candidates/{candidateId}/claims', { params, body: { minutes: 30 } }),
  );
  const release = useChange(() =>
    api.DELETE('/v1/candidates/{candidateId}/claims/{analystId}', {
      params: { path: { candidateId: id, analystId: me ?? '' } },
    }),
  );
  return (
    <Group gap="sm" className="no-print">
      {claims.map(({ analystId, expiresAt }) => (
        <Text key={analystId} size="sm">
          {t('review.claimedBy', { who: nameOf(analystId), until: moment(expiresAt) })}
        </Text>
      ))}
      {mine ? (
        <Button
          size="xs"
          variant="default"
          loading={release.isPending}
          onClick={() => {
            release.mutate(undefined);
          }}
        >
          {t('review.release')}
        </Button>
      ) : (
        signaturesWanted > 0 && (
          <Button
            size="xs"
            variant="default"
            loading={claim.isPending}
            onClick={() => {
              claim.mutate(undefined);
            }}
          >
            {t('review.claim')}
          </Button>
        )
      )}
    </Group>
  );
}
