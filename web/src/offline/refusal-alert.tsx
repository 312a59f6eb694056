import { Alert, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Entry } from './entry.ts';
import { useFaultText } from './fault-text.ts';

/** Which step the service refused, and why, in its words. */
export function RefusalAlert({ entry: { steps, done, refusal } }: { entry: Entry }) {
  const { t } = useTranslation();
  const textOf = useFaultText();
  const step = steps[done];
  if (!refusal || !step) return null;
  const { code, detail, faults } = refusal;
  const title = t('offline.refusedStep', { step: t(`offline.step.${step.kind}`) });
  return (
    <Alert color="red" variant="light" title={title} role="alert" mt="xs">
      {faults.length === 0 && <Text size="sm">{textOf(code, detail)}</Text>}
      {faults.map(({ field, code: fault, message }) => (
        <Text key={`${field ?? ''} ${message}`} size="sm">
          {field !== null && <b>{field}: </b>}
          {fault === undefined ? message : textOf(fault, message)}
        </Text>
      ))}
      <Text size="xs" c="dimmed" mt={4}>
        {code}
      </Text>
    </Alert>
  );
}
