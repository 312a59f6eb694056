import { Alert, Button, Center, Group, Loader, Stack, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { queries } from '../api/client.ts';
import { ProblemAlert } from '../common/problem-alert.tsx';
import { Calculator, type Kit } from './calculator.tsx';

/** The LR of whatever is typed, while it is typed; nothing of it is kept. */
export function CalculatorPage() {
  const { t } = useTranslation();
  return (
    <Stack maw={1180} mx="auto">
      <Group justify="space-between" align="flex-start">
        <div>
          <Title order={1} size="h2">
            {t('calculator.title')}
          </Title>
          <Text c="dimmed">{t('calculator.text')}</Text>
        </div>
        <Button
          className="no-print"
          variant="default"
          size="xs"
          onClick={() => {
            print();
          }}
        >
          {t('candidate.print')}
        </Button>
      </Group>
      <WithPolicy />
    </Stack>
  );
}

/** Kits and the policy in force come first: the form begins with them. */
function WithPolicy() {
  const { t } = useTranslation();
  const policies = queries.useQuery('get', '/v1/policies');
  const tables = queries.useQuery('get', '/v1/frequency-tables');
  const kits = queries.useQuery('get', '/v1/kits');
  const error = policies.error ?? tables.error ?? kits.error;
  if (error) return <ProblemAlert error={error} />;
  if (!policies.data || !tables.data || !kits.data) {
    return (
      <Center mih={240}>
        <Loader aria-label={t('app.loading')} />
      </Center>
    );
  }
  const policy = policies.data.policies.find(({ active }) => active);
  if (!policy) return <Alert color="orange">{t('candidates.noPolicy')}</Alert>;
  const kitList: readonly Kit[] = kits.data.kits;
  return <Calculator policy={policy} tables={tables.data.frequencyTables} kits={kitList} />;
}
