import { Button, Group, Radio, Select, Stack, Text, Textarea } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { formText } from '../common/form-text.ts';
import type { Opinion } from './batch.ts';
import { VERDICTS } from './candidate-detail.ts';

const CAUSES = ['inconsistent-loci', 'chance', 'other-relative'] as const satisfies readonly Opinion['cause'][]; // prettier-ignore

type OpinionFormProps = {
  /** As it was written before, where somebody went back to it. */
  readonly written: Opinion | null;
  readonly onCancel: () => void;
  readonly onWritten: (opinion: Opinion) => void;
};

/** What is to be signed; nothing is signed by it yet. */
export function OpinionForm({ written, onCancel, onWritten }: OpinionFormProps) {
  const { t } = useTranslation();
  const [verdict, setVerdict] = useState(written?.verdict ?? null);
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        const form = event.currentTarget;
        const reason = formText(form, 'reason');
        const said = formText(form, 'cause');
        const cause = CAUSES.find((one) => one === said) ?? null;
        if (verdict && reason !== '') onWritten({ verdict, reason, cause });
      }}
    >
      <Stack>
        <Text size="sm">{t('candidateList.signText')}</Text>
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
          <Select
            name="cause"
            label={t('candidateList.cause')}
            placeholder={t('candidateList.noCause')}
            data={CAUSES.map((value) => ({ value, label: t(`candidateList.${value}`) }))}
            defaultValue={written?.cause ?? null}
            clearable
          />
        )}
        <Textarea
          name="reason"
          label={t('review.reason')}
          description={t('review.reasonHelp')}
          defaultValue={written?.reason ?? ''}
          required
          maxLength={2000}
          autosize
          minRows={2}
        />
        <Group justify="flex-end">
          <Button variant="default" onClick={onCancel}>
            {t('app.cancel')}
          </Button>
          <Button type="submit" disabled={verdict === null}>
            {t('candidateList.next')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
