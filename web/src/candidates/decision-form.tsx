import { Button, Group, Stack } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, ifMatch } from '../api/client.ts';
import { useChange } from '../common/use-change.ts';
import type { Candidate, Verdict } from './candidate-detail.ts';
import { type Opinion, OpinionFields, readOpinion } from './opinion-fields.tsx';

/** What an analyst signs, of the candidate as it was seen. */
export function DecisionForm({ candidate: { id, version } }: { candidate: Candidate }) {
  const { t } = useTranslation();
  const [verdict, setVerdict] = useState<Verdict | null>(null);
  const sign = useChange((body: Opinion) =>
    api.POST('/v1/candidates/{candidateId}/decisions', {
      params: { path: { candidateId: id }, header: ifMatch(version) },
      body,
    }),
  );
  return (
    <form
      className="no-print"
      onSubmit={(event) => {
        event.preventDefault();
        const opinion = readOpinion(event.currentTarget, verdict);
        if (opinion) sign.mutate(opinion);
      }}
    >
      <Stack gap="sm">
        <OpinionFields verdict={verdict} onVerdict={setVerdict} />
        <Group>
          <Button type="submit" loading={sign.isPending} disabled={verdict === null}>
            {t('review.sign')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
