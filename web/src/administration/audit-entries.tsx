import { Button, Group, Loader, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { DataTable } from '../common/data-table.tsx';
import { ProblemAlert } from '../common/problem-alert.tsx';
import { Section } from '../common/section.tsx';
import { type AuditView, toAuditQuery } from './audit-view.ts';
import { type AuditEntry, useActorNames, useAudit } from './use-audit.ts';

/** What a search of the record found. */
export function AuditEntries({ view }: { view: AuditView }) {
  const { t, i18n } = useTranslation();
  const { entries, next, isLoading, isComplete, error, refetch, goOn } = useAudit(view);
  const nameOf = useActorNames();
  const moment = new Intl.DateTimeFormat(i18n.language === 'zh' ? 'zh-CN' : 'en-GB', {
    dateStyle: 'medium',
    timeStyle: 'medium',
  });
  const number = (value: number): string => value.toLocaleString(i18n.language);
  return (
    <Section
      title={t('adminAudit.entries')}
      action={
        <Group gap="sm">
          <Button size="xs" variant="default" onClick={refetch}>
            {t('adminAudit.again')}
          </Button>
          <Button size="xs" variant="default" component="a" href={exportOf(view)}>
            {t('adminAudit.export')}
          </Button>
        </Group>
      }
    >
      <Stack gap="sm">
        {error && <ProblemAlert error={error} onRetry={refetch} />}
        {(entries.length > 0 || isComplete) && (
          <DataTable
            label={t('adminAudit.entries')}
            rows={entries}
            minWidth={900}
            keyOf={({ seq }) => String(seq)}
            columns={[
              { title: t('adminAudit.seq'), of: ({ seq }) => number(seq), as: 'number' },
              { title: t('adminAudit.at'), of: ({ at }) => moment.format(new Date(at)), as: 'moment' }, // prettier-ignore
              { title: t('adminAudit.who'), of: (entry) => <Who entry={entry} name={nameOf(entry.actor)} /> }, // prettier-ignore
              { title: t('adminAudit.field.action'), of: (entry) => <What entry={entry} /> },
              { title: t('adminAudit.field.status'), of: ({ status }) => <Outcome status={status} /> }, // prettier-ignore
              { title: t('adminAudit.origin'), of: ({ origin }) => origin, as: 'code' },
            ]}
          />
        )}
        <Group gap="sm" role="status">
          {isLoading && <Loader size="xs" aria-label={t('app.loading')} />}
          {!isLoading && next !== null && (
            <>
              <Text size="sm">{t('adminAudit.lookedTo', { seq: number(next) })}</Text>
              <Button size="xs" variant="default" onClick={goOn}>
                {t('adminAudit.further')}
              </Button>
            </>
          )}
          {isComplete && entries.length > 0 && <Text size="sm">{t('adminAudit.allShown')}</Text>}
        </Group>
      </Stack>
    </Section>
  );
}

function Who({ entry: { actor, role }, name }: { entry: AuditEntry; name: string | null }) {
  const { t } = useTranslation();
  return (
    <>
      {name ?? (actor === null && t('adminAudit.nobody'))}
      {role !== null && ` · ${t(`role.${role}`)}`}
      {actor !== null && (
        <Text size="xs" c="dimmed" className="codes">
          {actor}
        </Text>
      )}
    </>
  );
}

function What({ entry: { action, object } }: { entry: AuditEntry }) {
  return (
    <>
      <span className="codes">{action}</span>
      {Object.entries(object).map(([name, id]) => (
        <Text key={name} size="xs" c="dimmed" className="codes">
          {name}: {id}
        </Text>
      ))}
    </>
  );
}

function Outcome({ status }: { status: number }) {
  const { t } = useTranslation();
  return (
    <span className="numbers">
      {status} {t(`adminAudit.outcome.${outcomeOf(status)}`)}
    </span>
  );
}

function outcomeOf(status: number): 'done' | 'credentials' | 'refused' | 'invalid' | 'fault' {
  if (status < 400) return 'done';
  if (status >= 500) return 'fault';
  if (status === 401) return 'credentials';
  return status === 403 ? 'refused' : 'invalid';
}

function exportOf(view: AuditView): string {
  return `/v1/audit/export?${new URLSearchParams(toAuditQuery(view)).toString()}`;
}
