import { Button, Group, Paper, Select, Text, Textarea } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { api, ifMatch } from '../api/client.ts';
import type { paths } from '../api/schema.d.ts';
import { useAnalystNames } from '../candidates/candidate-detail.ts';
import { useChange } from '../common/use-change.ts';
import { useMoment } from '../common/dates.ts';
import { formText } from '../common/form-text.ts';

type Finding =
  paths['/v1/findings']['get']['responses'][200]['content']['application/json']['findings'][number];
type Settlement = NonNullable<
  paths['/v1/findings/{findingId}/settlement']['post']['requestBody']
>['content']['application/json'];

const VERDICTS = [
  'same-person',
  'twins',
  'mix-up',
  'contamination',
  'different-people',
] as const satisfies readonly Settlement['verdict'][];

export function FindingSheet({ finding }: { finding: Finding }) {
  const { t } = useTranslation();
  const moment = useMoment();
  const { kind, samples, staff, lociCompared, lociDiffering, foundAt, settlement } = finding;
  const sides = samples.map(({ sampleId, family, collectionPoint }) =>
    t('findings.of', {
      sample: sampleId,
      where: [family, collectionPoint].filter(Boolean).join(', '),
    }),
  );
  if (staff !== null) sides.push(t('findings.staff', { code: staff }));
  return (
    <Paper component="article" withBorder p="md" aria-label={sides.join(' · ')}>
      <Group justify="space-between" align="baseline">
        <Text fw={600}>{t(`findings.${kind}`)}</Text>
        <Text size="sm" c="dimmed">
          {t('findings.found')} {moment(foundAt)}
        </Text>
      </Group>
      <Text className="codes">{sides.join(' · ')}</Text>
      <Text size="sm">
        {t('findings.loci')}: {lociCompared} · {t('findings.differing')}: {lociDiffering}
      </Text>
      {settlement ? <Settled settlement={settlement} /> : <SettleForm finding={finding} />}
    </Paper>
  );
}

function Settled({ settlement }: { settlement: NonNullable<Finding['settlement']> }) {
  const { t } = useTranslation();
  const moment = useMoment();
  const nameOf = useAnalystNames();
  const { verdict, reason, settledBy, settledAt } = settlement;
  return (
    <>
      <Text mt="xs" fw={600}>
        {t(`findingVerdict.${verdict}`)}
      </Text>
      <Text size="sm">{reason}</Text>
      <Text size="xs" c="dimmed">
        {nameOf(settledBy)} · {moment(settledAt)}
      </Text>
    </>
  );
}

function SettleForm({ finding: { id, version } }: { finding: Finding }) {
  const { t } = useTranslation();
  const settle = useChange((body: Settlement) =>
    api.POST('/v1/findings/{findingId}/settlement', {
      params: { path: { findingId: id }, header: ifMatch(version) },
      body,
    }),
  );
  return (
    <form
      className="no-print"
      onSubmit={(event) => {
        event.preventDefault();
        const form = event.currentTarget;
        const verdict = VERDICTS.find((one) => one === formText(form, 'verdict'));
        if (verdict) settle.mutate({ verdict, reason: formText(form, 'reason') });
      }}
    >
      <Group align="flex-end" gap="sm" mt="xs">
        <Select
          name="verdict"
          label={t('findings.verdict')}
          data={VERDICTS.map((value) => ({ value, label: t(`findingVerdict.${value}`) }))}
          required
          w={300}
        />
        <Textarea
          name="reason"
          label={t('findings.reason')}
          required
          maxLength={2000}
          autosize
          style={{ flex: 1 }}
        />
        <Button type="submit" loading={settle.isPending}>
          {t('findings.settle')}
        </Button>
      </Group>
    </form>
  );
}
