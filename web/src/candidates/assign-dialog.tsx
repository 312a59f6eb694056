import { Button, Group, Modal, Select, Stack } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { queries } from '../api/client.ts';
import { ProblemAlert } from '../common/problem-alert.tsx';
import { assignEach } from './batch.ts';
import type { CandidateSummary } from './candidate-view.ts';
import { ChosenTable } from './chosen-table.tsx';
import { useMe } from '../common/use-me.ts';
import { useBatchReport } from './use-batch-report.ts';
import { useChange } from '../common/use-change.ts';

export type BatchDialogProps = {
  /** As they were shown: what is seen here is what is done. */
  readonly candidates: readonly CandidateSummary[];
  readonly onClose: () => void;
  readonly onDone: () => void;
};

const HOUR = 60;
const DAY = 24 * HOUR;
const TERMS = [
  { term: 'halfHour', minutes: HOUR / 2 },
  { term: 'twoHours', minutes: 2 * HOUR },
  { term: 'day', minutes: DAY },
  { term: 'threeDays', minutes: 3 * DAY },
  { term: 'week', minutes: 7 * DAY },
] as const;

/** Keeps a signature of each for somebody, for some time. */
export function AssignDialog({ candidates, onClose, onDone }: BatchDialogProps) {
  const { t } = useTranslation();
  const me = useMe();
  const [, report] = useBatchReport();
  const { data, error } = queries.useQuery('get', '/v1/analysts');
  const [analystId, setAnalyst] = useState(me);
  const [term, setTerm] = useState<string>('day');
  const assign = useChange(
    async (wanted: { analystId: string; minutes: number }) => {
      report(await assignEach(candidates, wanted));
      return {};
    },
    () => {
      onDone();
      onClose();
    },
  );
  const minutes = TERMS.find((one) => one.term === term)?.minutes;
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('candidateList.assignTitle', { count: candidates.length })}
      closeButtonProps={{ 'aria-label': t('app.close') }}
      size="lg"
    >
      {error && <ProblemAlert error={error} />}
      <Stack>
        <Group grow align="flex-start">
          <Select
            label={t('candidateList.analyst')}
            data={(data?.analysts ?? []).map(({ id, name }) => ({
              value: id,
              label: id === me ? t('candidateList.me', { name }) : name,
            }))}
            value={analystId}
            onChange={setAnalyst}
            allowDeselect={false}
            searchable
            required
          />
          <Select
            label={t('candidateList.term')}
            data={TERMS.map((one) => ({
              value: one.term,
              label: t(`candidateList.${one.term}`),
            }))}
            value={term}
            onChange={(chosen) => {
              setTerm(chosen ?? term);
            }}
            allowDeselect={false}
          />
        </Group>
        <ChosenTable candidates={candidates} />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t('app.cancel')}
          </Button>
          <Button
            disabled={analystId === null}
            loading={assign.isPending}
            onClick={() => {
              if (analystId !== null && minutes !== undefined)
                assign.mutate({ analystId, minutes });
            }}
          >
            {t('candidateList.assignNow', { count: candidates.length })}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
