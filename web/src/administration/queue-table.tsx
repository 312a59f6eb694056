import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { DataTable } from '../common/data-table.tsx';
import { useMoment } from '../common/dates.ts';
import { Section } from '../common/section.tsx';
import type { Health } from './health-signs.ts';

const JOBS = ['waiting', 'active', 'delayed', 'failed', 'workers'] as const;

/** What is to be done, as the database has it, and as the queue hands it out. */
export function QueueTable({ queues: { kind, work } }: { queues: Health['queues'] }) {
  const { t, i18n } = useTranslation();
  const moment = useMoment();
  const number = (value: number): string => value.toLocaleString(i18n.language);
  return (
    <Section title={t('adminHealth.queues')} text={t(`adminHealth.kind.${kind}`)}>
      <DataTable
        label={t('adminHealth.queues')}
        rows={work}
        minWidth={900}
        keyOf={({ name }) => name}
        columns={[
          { title: t('adminHealth.work'), of: ({ name }) => t(`adminHealth.${name}`) },
          { title: t('adminHealth.pending'), of: ({ pending }) => number(pending), as: 'number' },
          { title: t('adminHealth.aside'), of: ({ failed }) => number(failed), as: 'number' },
          {
            title: t('adminHealth.oldest'),
            of: ({ oldestAt }) => (oldestAt === null ? '—' : moment(oldestAt)),
            as: 'moment',
          },
          ...JOBS.map((name) => ({
            title: t(`adminHealth.jobs.${name}`),
            of: ({ jobs }: (typeof work)[number]) => (jobs ? number(jobs[name]) : '—'),
            as: 'number' as const,
          })),
        ]}
      />
      <Text size="sm" c="dimmed" mt="xs">
        {t('adminHealth.queuesHelp')}
      </Text>
    </Section>
  );
}
