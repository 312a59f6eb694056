import { Group, NativeSelect, Radio, Textarea } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { formText } from '../common/form-text.ts';
import { CAUSES, type Verdict, type VerdictCause, VERDICTS } from './candidate-detail.ts';

/** What an analyst says of a candidate. */
export type Opinion = {
  readonly verdict: Verdict;
  readonly reason: string;
  readonly cause: VerdictCause | null;
};

type FieldsProps = {
  readonly verdict: Verdict | null;
  readonly onVerdict: (verdict: Verdict | null) => void;
  /** As it was written before, where somebody went back to it. */
  readonly written?: Opinion | null;
};

/** Verdict, cause and reason. */
export function OpinionFields({ verdict, onVerdict, written = null }: FieldsProps) {
  const { t } = useTranslation();
  return (
    <>
      <Radio.Group
        label={t('review.verdict')}
        value={verdict}
        onChange={(value) => {
          onVerdict(VERDICTS.find((one) => one === value) ?? null);
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
          defaultValue={written?.cause ?? ''}
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
    </>
  );
}

/** What stands in the form of these fields; null where a verdict or the reason is missing. */
export function readOpinion(form: HTMLFormElement, verdict: Verdict | null): Opinion | null {
  const reason = formText(form, 'reason');
  const cause = CAUSES.find((one) => one === formText(form, 'cause')) ?? null;
  return verdict && reason !== '' ? { verdict, reason, cause } : null;
}
