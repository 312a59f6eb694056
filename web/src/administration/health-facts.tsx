import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { queries } from '../api/client.ts';
import { useMoment } from '../common/dates.ts';
import { Section } from '../common/section.tsx';
import { Facts } from './facts.tsx';
import type { Health } from './health-signs.ts';

const MEBIBYTE = 2 ** 20;

function useFigures() {
  const { i18n } = useTranslation();
  const moment = useMoment();
  return {
    number: (value: number): string => value.toLocaleString(i18n.language),
    mebibytes: (bytes: number): string =>
      `${(bytes / MEBIBYTE).toLocaleString(i18n.language, { maximumFractionDigits: 1 })} MiB`,
    moment: (at: string | null): string => (at === null ? '—' : moment(at)),
  };
}

/** The search index of the process that answers. */
export function IndexFacts({ health: { index, process } }: { health: Health }) {
  const { t } = useTranslation();
  const { number, mebibytes, moment } = useFigures();
  const policyName = usePolicyName();
  return (
    <Section title={t('adminHealth.index')} text={t('adminHealth.indexText')}>
      {index ? (
        <Facts
          facts={[
            [t('searches.unknowns'), number(index.unknowns)],
            [t('searches.families'), number(index.families)],
            [t('adminHealth.threads'), number(index.threads)],
            [t('adminHealth.readyFor'), index.policyId === null ? '—' : policyName(index.policyId)],
            [t('adminHealth.memory'), mebibytes(index.bytes)],
            [t('adminHealth.readAt'), moment(index.readAt)],
            [t('adminHealth.changedAt'), moment(index.changedAt)],
            [t('adminHealth.process'), mebibytes(process.bytes)],
          ]}
        />
      ) : (
        <Text size="sm">{t('adminHealth.sign.notSearching')}</Text>
      )}
    </Section>
  );
}

function usePolicyName(): (id: string) => string {
  const { data } = queries.useQuery('get', '/v1/policies');
  return (id) => data?.policies.find((policy) => policy.id === id)?.name ?? id;
}

export function DatabaseFacts({ health: { database, process } }: { health: Health }) {
  const { t } = useTranslation();
  const { number, mebibytes, moment } = useFigures();
  const { applied, known } = database.migrations;
  return (
    <Section title={t('adminHealth.database')} text={t('adminHealth.databaseText')}>
      <Facts
        facts={[
          [t('searches.unknowns'), number(database.unknowns)],
          [t('searches.families'), number(database.families)],
          [t('adminHealth.size'), database.bytes === null ? '—' : mebibytes(database.bytes)],
          [t('adminHealth.migrations'), t('searches.progressOf', { done: applied, total: known })],
          [t('adminHealth.version'), process.version],
          [t('adminHealth.startedAt'), moment(process.startedAt)],
        ]}
      />
    </Section>
  );
}

/** Canaries, messages and alarms. */
export function OtherFacts({ health: { canaries, messages, alarms } }: { health: Health }) {
  const { t } = useTranslation();
  const { number } = useFigures();
  const found = t('searches.progressOf', { done: canaries.found, total: canaries.planted });
  return (
    <Section title={t('adminHealth.alarms')} text={t('adminHealth.alarmsText')}>
      <Facts
        facts={[
          [t('adminHealth.canariesFound'), found],
          [t('adminHealth.canariesMissed'), number(canaries.missed)],
          [t('adminHealth.messagesWaiting'), number(messages.waiting)],
          [t('adminHealth.messagesFailing'), number(messages.failing)],
          [t('adminHealth.messagesAbandoned'), number(messages.abandoned)],
          [t('adminHealth.breakGlass'), number(alarms.breakGlass)],
          [t('adminHealth.custody'), number(alarms.custody)],
          [t('adminHealth.redraws'), number(alarms.redraws)],
        ]}
      />
    </Section>
  );
}
