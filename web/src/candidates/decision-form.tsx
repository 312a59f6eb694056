import { Button, Group, NativeSelect, Radio, Stack, Textarea } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, ifMatch } from '../api/client.ts';
import { formText } from '../common/form-text.ts';
import {
  type Candidate,
  CAUSES,
  type Verdict,
  type VerdictCause,
  VERDICTS,
} from './candidate-detail.ts';
import { useChange } from './use-change.ts';

type Opinion = {
  readonly verdict: Verdict;
  readonly reason: string;
  readonly cause: VerdictCause | null;
};

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
        const form = event.currentTarget;
        const cause = CAUSES.find((one) => one === formText(form, 'cause')) ?? null;
        if (verdict) sign.mutate({ verdict, reason: formText(form, 'reason'), cause });
      }}
    >
      <Stack gap="sm">
        <Radio.Group
          label={t('review.verdict')}
          value={verdict}
          onChange={(value) => {
            setVerdict(VERDICTS.find((one) => one === value) ?? null);
          }}
          required
        >
          <Group gap="md" mt={4}>
            {VERDICTS.map((one) => (
              <Radio key={one} value={one} label={t(`verdict.${one}`)} required />
            ))}
          </Group>
        </Radio.Group>
        {verdict !== null && verdict !== 'supported' && (
          <NativeSelect
            name="cause"
            label={t('verdictCause.title')}
            maw={360}
            data={[
              { value: '', label: t('verdictCause.none') },
              ...CAUSES.map((value) => ({ value, label: t(`verdictCause.${value}`) })),
            ]}
          />
        )}
        <Textarea
          name="reason"
          label={t('review.reason')}
          description={t('review.reasonHelp')}
          required
          maxLength={2000}
          autosize
          minRows={2}
        />
        <Group>
          <Button type="submit" loading={sign.isPending} disabled={verdict === null}>
            {t('review.sign')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
