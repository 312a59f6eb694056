import { Text, Timeline } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useAnalystNames } from '../candidates/candidate-detail.ts';
import { useMoment } from '../common/dates.ts';
import { EvidenceResult } from './evidence-result.tsx';
import type { Reunion, Step } from './reunion-detail.ts';
import { stepsAhead } from './way.ts';

/** What was done, by whom and when; then what is still before it, and whose it is. */
export function ReunionTimeline({ reunion: { steps, state } }: { reunion: Reunion }) {
  const { t } = useTranslation();
  return (
    <Timeline
      active={steps.length - 1}
      bulletSize={16}
      lineWidth={2}
      aria-label={t('reunions.steps')}
    >
      {steps.map((step) => (
        <Timeline.Item key={`${step.at} ${step.state}`} title={t(`reunionStep.${step.state}`)}>
          <Done step={step} />
        </Timeline.Item>
      ))}
      {stepsAhead(state).map((ahead) => (
        <Timeline.Item
          key={ahead}
          lineVariant="dashed"
          title={<Text c="dimmed">{t(`reunionStep.${ahead}`)}</Text>}
        >
          <Text size="sm" c="dimmed">
            {t('reunions.notYet', { by: t(`reunions.by.${ahead}`) })}
          </Text>
        </Timeline.Item>
      ))}
    </Timeline>
  );
}

function Done({ step: { at, actor, role, remark, evidence } }: { step: Step }) {
  const { t } = useTranslation();
  const moment = useMoment();
  const nameOf = useAnalystNames();
  return (
    <>
      <Text size="sm" style={{ whiteSpace: 'pre-wrap' }}>
        {remark}
      </Text>
      <Text size="xs" c="dimmed">
        {role === 'analyst' ? nameOf(actor) : t(`role.${role}`)} · {moment(at)}
      </Text>
      {evidence && <EvidenceResult evidence={evidence} />}
    </>
  );
}
