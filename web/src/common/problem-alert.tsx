import { Alert, Button, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { asProblem } from '../api/client.ts';

/** What went wrong, in the words of the service, and a way to try again. */
export function ProblemAlert({ error, onRetry }: { error: unknown; onRetry?: () => void }) {
  const { t } = useTranslation();
  const problem = asProblem(error);
  return (
    <Alert color="red" variant="light" title={problem?.title ?? t('problem.title')} role="alert">
      <Text size="sm">{problem?.detail ?? t('problem.network')}</Text>
      {problem?.faults.map(({ field, message }) => (
        <Text key={`${field} ${message}`} size="sm">
          {field}: {message}
        </Text>
      ))}
      {problem && (
        <Text size="xs" c="dimmed" mt={4}>
          {problem.code} · {t('problem.requestId', { id: problem.requestId })}
        </Text>
      )}
      {onRetry && (
        <Button size="xs" variant="default" mt="xs" onClick={onRetry}>
          {t('app.tryAgain')}
        </Button>
      )}
    </Alert>
  );
}
