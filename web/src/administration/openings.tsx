import {
  Button,
  Group,
  Paper,
  Radio,
  SegmentedControl,
  Stack,
  Text,
  Textarea,
} from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, queries } from '../api/client.ts';
import type { paths } from '../api/schema.d.ts';
import { useMoment } from '../common/dates.ts';
import { formText } from '../common/form-text.ts';
import { ProblemAlert } from '../common/problem-alert.tsx';
import { Section } from '../common/section.tsx';
import { useMe } from '../common/use-me.ts';
import { useActorNames } from './use-audit.ts';
import { useFormChange } from './use-form-change.ts';

type Grant =
  paths['/v1/break-glass']['get']['responses'][200]['content']['application/json']['grants'][number];

const STATES = ['unreviewed', 'reviewed'] as const;
const VERDICTS = ['justified', 'unjustified'] as const;

/** Who opened the names of a case in haste, to be reviewed by another administrator. */
export function Openings() {
  const { t } = useTranslation();
  const [state, setState] = useState<(typeof STATES)[number]>('unreviewed');
  const { data, error, refetch } = queries.useQuery('get', '/v1/break-glass', {
    params: { query: { state } },
  });
  return (
    <Section
      title={t('adminOversight.openings')}
      text={t('adminOversight.openingsText')}
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
      <Stack gap="sm">
        {error && <ProblemAlert error={error} onRetry={() => void refetch()} />}
        {data?.grants.length === 0 && <Text size="sm">{t('administration.empty')}</Text>}
        {data?.grants.map((grant) => (
          <Opening key={grant.id} grant={grant} />
        ))}
      </Stack>
    </Section>
  );
}

function Opening({ grant }: { grant: Grant }) {
  const { t } = useTranslation();
  const moment = useMoment();
  const nameOf = useActorNames();
  const me = useMe();
  const { caseId, reason, openedBy, openedAt, verdict, remark, reviewedBy, reviewedAt } = grant;
  const who = nameOf(openedBy) ?? openedBy;
  const isMine = me === openedBy;
  return (
    <Paper component="article" withBorder p="md" aria-label={`${caseId} · ${who}`}>
      <Group justify="space-between" align="baseline">
        <Text fw={600} className="codes">
          {caseId}
        </Text>
        <Text size="sm" c="dimmed">
          {who} · {moment(openedAt)}
        </Text>
      </Group>
      <Text size="sm">{reason}</Text>
      {verdict !== null && (
        <Text size="sm" mt="xs">
          <b>{t(`adminOversight.${verdict}`)}</b> · {remark} · {nameOf(reviewedBy) ?? reviewedBy}{' '}
          {reviewedAt !== null && `· ${moment(reviewedAt)}`}
        </Text>
      )}
      {verdict === null && isMine && (
        <Text size="sm" mt="xs">
          {t('adminOversight.notYours')}
        </Text>
      )}
      {verdict === null && !isMine && <ReviewForm grantId={grant.id} />}
    </Paper>
  );
}

function ReviewForm({ grantId }: { grantId: string }) {
  const { t } = useTranslation();
  const { submit, isPending, fault, error } = useFormChange({
    send: (body: { verdict: (typeof VERDICTS)[number]; remark: string }) =>
      api.POST('/v1/break-glass/{grantId}/review', { params: { path: { grantId } }, body }),
    fields: ['remark'],
  });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        const form = event.currentTarget;
        const verdict = VERDICTS.find((one) => one === formText(form, 'verdict'));
        if (verdict) submit({ verdict, remark: formText(form, 'remark') });
      }}
    >
      <Stack gap="xs" mt="xs">
        <Radio.Group name="verdict" label={t('adminOversight.verdict')} required>
          <Group mt={4}>
            {VERDICTS.map((one) => (
              <Radio key={one} value={one} label={t(`adminOversight.${one}`)} required />
            ))}
          </Group>
        </Radio.Group>
        <Textarea
          name="remark"
          label={t('adminOversight.remark')}
          error={fault('remark')}
          required
          maxLength={500}
          autosize
        />
        {error !== null && <ProblemAlert error={error} />}
        <Group>
          <Button type="submit" size="xs" loading={isPending}>
            {t('adminOversight.review')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
