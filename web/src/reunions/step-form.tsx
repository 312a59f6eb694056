import { Radio, Stack } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, ifMatch } from '../api/client.ts';
import { useChange } from '../common/use-change.ts';
import {
  bringerOf,
  LABORATORY_STEPS,
  type LaboratoryStep,
  type Reunion,
} from './reunion-detail.ts';
import { RemarkForm } from './remark-form.tsx';

type StepFormProps = { readonly reunion: Reunion; readonly me: string | null };

/** What the laboratory may say next, each with what comes of it. */
export function StepForm({ reunion: { id, version, next, steps, state }, me }: StepFormProps) {
  const { t } = useTranslation();
  const [step, setStep] = useState<LaboratoryStep | null>(null);
  const take = useChange((body: { step: LaboratoryStep; remark: string }) =>
    api.POST('/v1/reunions/{reunionId}/steps', {
      params: { path: { reunionId: id }, header: ifMatch(version) },
      body,
    }),
  );
  const offered = LABORATORY_STEPS.filter((one) => next.includes(one));
  if (offered.length === 0) return null;
  const isMine = state === 're-sampled' && bringerOf(steps) === me;
  return (
    <Stack gap="sm" className="no-print">
      <Radio.Group
        label={t('reunions.next')}
        value={step}
        onChange={(value) => {
          setStep(offered.find((one) => one === value) ?? null);
        }}
      >
        <Stack gap="xs" mt={4}>
          {offered.map((one) => (
            <Radio
              key={one}
              value={one}
              disabled={one === 'confirmed' && isMine}
              label={t(`reunions.do.${one}`)}
              description={t(
                one === 'confirmed' && isMine ? 'reunions.notYou' : `reunions.means.${one}`,
              )}
            />
          ))}
        </Stack>
      </Radio.Group>
      {step !== null && (
        <RemarkForm
          label={t('reunions.reason')}
          button={t(`reunions.do.${step}`)}
          isPending={take.isPending}
          onSaid={(remark) => {
            take.mutate({ step, remark });
          }}
        />
      )}
    </Stack>
  );
}
