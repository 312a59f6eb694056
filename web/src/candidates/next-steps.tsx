import { Button, Group, Loader, Table, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { queries } from '../api/client.ts';
import type { paths } from '../api/schema.d.ts';
import { formatGain, formatPercent } from '../common/numbers.ts';
import { ProblemAlert } from '../common/problem-alert.tsx';
import { Section } from '../common/section.tsx';
import { ScrollBox } from '../common/scroll-box.tsx';

type Steps =
  paths['/v1/candidates/{candidateId}/next-steps']['get']['responses'][200]['content']['application/json'];
type Step = Steps['steps'][number];
type Outlook = NonNullable<Steps['power']>;

/** Simulates for some seconds, so only when it is asked to. */
export function NextSteps({ candidateId }: { candidateId: string }) {
  const { t } = useTranslation();
  const [isWanted, setWanted] = useState(false);
  const { data, error, isFetching, refetch } = queries.useQuery(
    'get',
    '/v1/candidates/{candidateId}/next-steps',
    { params: { path: { candidateId } } },
    { enabled: isWanted, staleTime: Infinity },
  );
  return (
    <div className={data ? undefined : 'no-print'}>
      <Section
        anchor="next-steps"
        title={t('nextSteps.title')}
        text={t('nextSteps.text')}
        action={
          !data && (
            <Button
              className="no-print"
              variant="default"
              size="xs"
              disabled={isFetching}
              onClick={() => {
                setWanted(true);
              }}
            >
              {t('nextSteps.compute')}
            </Button>
          )
        }
      >
        {isFetching && (
          <Group gap="xs" role="status">
            <Loader size="xs" />
            <Text size="sm">{t('nextSteps.computing')}</Text>
          </Group>
        )}
        {error && <ProblemAlert error={error} onRetry={() => void refetch()} />}
        {data && <StepsTable steps={data} />}
      </Section>
    </div>
  );
}

function StepsTable({ steps: { steps, power, method } }: { steps: Steps }) {
  const { t } = useTranslation();
  return (
    <ScrollBox label={t('nextSteps.title')}>
      <Table miw={560}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('nextSteps.step')}</Table.Th>
            <Table.Th ta="right">{t('nextSteps.settles')}</Table.Th>
            <Table.Th ta="right">{t('nextSteps.gain')}</Table.Th>
            <Table.Th ta="right">{t('nextSteps.ifTrue')}</Table.Th>
            <Table.Th ta="right">{t('nextSteps.ifFalse')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {steps.map((step) => (
            <OutlookRow key={keyOf(step)} step={step} outlook={step} />
          ))}
          {power && <OutlookRow step={null} outlook={power} />}
        </Table.Tbody>
      </Table>
      {steps.length === 0 && <Text size="sm">{t('nextSteps.empty')}</Text>}
      <Text size="xs" c="dimmed" mt="xs">
        {t('nextSteps.means')} {t('nextSteps.draws', { draws: method.draws, seed: method.seed })}
      </Text>
    </ScrollBox>
  );
}

function OutlookRow({ step, outlook }: { step: Step | null; outlook: Outlook }) {
  const { t } = useTranslation();
  const { settles, expectedGain, h1, h2 } = outlook;
  return (
    <Table.Tr>
      <Table.Th scope="row" fw={step ? 600 : 400}>
        {nameOf()}
      </Table.Th>
      <Table.Td ta="right" className="numbers">
        {formatPercent(settles.value)}
      </Table.Td>
      <Table.Td ta="right" className="numbers">
        {expectedGain && step ? formatGain(expectedGain.value) : '—'}
      </Table.Td>
      <Table.Td ta="right" className="numbers">
        {formatPercent(h1.reaches.value)}
      </Table.Td>
      <Table.Td ta="right" className="numbers">
        {formatPercent(1 - h2.reaches.value, h2.reaches.value)}
      </Table.Td>
    </Table.Tr>
  );

  function nameOf(): string {
    if (step === null) return t('nextSteps.power');
    if (step.kind === 'kit') return t('nextSteps.kit', { kit: step.kit, maker: step.maker });
    const relations = step.relations
      .map((relation) => t(`relation.${relation}`))
      .join(t('nextSteps.or'));
    return t('nextSteps.relative', { relations });
  }
}

function keyOf(step: Step): string {
  return step.kind === 'kit' ? step.kit : step.relations.join(' ');
}
