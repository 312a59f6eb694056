import { ActionIcon, Group, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { api } from '../api/client.ts';
import { useMoment } from '../common/dates.ts';
import { useMe } from '../common/use-me.ts';
import { useAnalystNames } from './candidate-detail.ts';
import type { CandidateSummary } from './candidate-view.ts';
import { UNSAID } from './circumstances-text.ts';
import { useChange } from '../common/use-change.ts';

export type Claim = CandidateSummary['claims'][number];

/** Who has taken a candidate up, until when, and a way to give up what is one's own to give up. */
export function ClaimsCell({ candidate: { id, claims } }: { candidate: CandidateSummary }) {
  if (claims.length === 0) return UNSAID;
  return claims.map((claim) => <ClaimLine key={claim.analystId} candidateId={id} claim={claim} />);
}

/** One's own, or one that one made for another. */
export function isMine({ analystId, claimedBy }: Claim, me: string | null): boolean {
  return me !== null && [analystId, claimedBy].includes(me);
}

function ClaimLine({ candidateId, claim }: { candidateId: string; claim: Claim }) {
  const { t } = useTranslation();
  const me = useMe();
  const moment = useMoment();
  const nameOf = useAnalystNames();
  const { analystId, expiresAt } = claim;
  const who = nameOf(analystId);
  const release = useChange(() =>
    api.DELETE('/v1/candidates/{candidateId}/claims/{analystId}', {
      params: { path: { candidateId, analystId } },
    }),
  );
  return (
    <Group gap={4} wrap="nowrap">
      <Text span size="xs" lh={1.2}>
        {who}
        <br />
        {t('candidateList.until', { until: moment(expiresAt) })}
      </Text>
      {isMine(claim, me) && (
        <ActionIcon
          variant="subtle"
          color="gray"
          size={24}
          loading={release.isPending}
          aria-label={t('candidateList.giveUp', { who })}
          onClick={(event) => {
            event.stopPropagation();
            release.mutate(undefined);
          }}
        >
          ×
        </ActionIcon>
      )}
    </Group>
  );
}
