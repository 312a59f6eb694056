import { Group, Loader, Stack, Text, Title } from '@mantine/core';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { ProblemAlert } from '../common/problem-alert.tsx';
import { BatchBar } from './batch-bar.tsx';
import { BatchReportSheet } from './batch-report.tsx';
import { CandidateFilters } from './candidate-filters.tsx';
import { CandidateList } from './candidate-list.tsx';
import { type CandidatePolicy, type CandidateView, chooseCandidates } from './candidate-view.ts';
import { ShortcutHelp } from './shortcut-help.tsx';
import { useCandidates } from './use-candidates.ts';
import { useSelection } from './use-selection.ts';

/** The ranked list, filtered and sorted as its address says. */
export function CandidatesPage() {
  const { t } = useTranslation();
  const view = useSearch({ from: '/candidates' });
  const navigate = useNavigate({ from: '/candidates' });
  const filter = useRef<HTMLInputElement>(null);
  const { candidates, policy, isComplete, error, refetch } = useCandidates(view);
  const chosen = useMemo(() => chooseCandidates(candidates, view), [candidates, view]);
  const ranks = useMemo(
    () => new Map(candidates.map(({ id }, place) => [id, place + 1])),
    [candidates],
  );
  const selection = useSelection(chosen);
  const show = (changed: CandidateView): void => {
    void navigate({ search: changed, replace: true, resetScroll: false });
  };
  return (
    <Stack gap="sm" className="ranked-page">
      <Group justify="space-between" align="baseline">
        <Title order={1} size="h2">
          {t('candidates.title')}
        </Title>
        <Group gap="xs">
          {!isComplete && !error && <Loader size="xs" role="img" aria-label={t('app.loading')} />}
          <Text size="sm" role="status">
            {t('candidates.shown', { count: chosen.length })}
            {chosen.length < candidates.length &&
              ` ${t('candidates.of', { total: candidates.length })}`}
          </Text>
          <ShortcutHelp />
        </Group>
      </Group>
      {policy !== undefined && <PolicyLine policy={policy} />}
      <CandidateFilters view={view} onChange={show} textRef={filter} />
      {error !== null && <ProblemAlert error={error} onRetry={refetch} />}
      <BatchReportSheet />
      <BatchBar selection={selection} />
      {isComplete && chosen.length === 0 ? (
        <Text>{t('candidates.empty')}</Text>
      ) : (
        <CandidateList
          // Another list begins at its top.
          key={JSON.stringify({ ...view, columns: undefined })}
          candidates={chosen}
          ranks={ranks}
          view={view}
          onChange={show}
          selection={selection}
          onFilter={() => filter.current?.focus()}
        />
      )}
    </Stack>
  );
}

function PolicyLine({ policy }: { policy: CandidatePolicy | null }) {
  const { t, i18n } = useTranslation();
  const threshold = policy?.threshold.toLocaleString(i18n.language);
  return (
    <Text size="sm" c="dimmed">
      {policy
        ? t('candidates.policy', { name: policy.name, threshold, prior: policy.priorInDatabase })
        : t('candidates.noPolicy')}
    </Text>
  );
}
