import { Button, Group, Modal, Paper, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../api/client.ts';
import type { BatchDialogProps } from './assign-dialog.tsx';
import { toSignedReport } from './batch.ts';
import type { CandidateSummary } from './candidate-view.ts';
import { ChosenTable } from './chosen-table.tsx';
import type { Opinion } from './opinion-fields.tsx';
import { OpinionForm } from './opinion-form.tsx';
import { useBatchReport } from './use-batch-report.ts';
import { useChange } from '../common/use-change.ts';

/** The same decision on several candidates: written, then seen once more as a whole, and only then signed. */
export function SignDialog({ candidates, onClose, onDone }: BatchDialogProps) {
  const { t } = useTranslation();
  const [opinion, setOpinion] = useState<Opinion | null>(null);
  const [isConfirming, setConfirming] = useState(false);
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('candidateList.signTitle', { count: candidates.length })}
      closeButtonProps={{ 'aria-label': t('app.close') }}
      size="lg"
    >
      {opinion && isConfirming ? (
        <Confirmation
          candidates={candidates}
          opinion={opinion}
          onBack={() => {
            setConfirming(false);
          }}
          onDone={() => {
            onDone();
            onClose();
          }}
        />
      ) : (
        <OpinionForm
          written={opinion}
          onCancel={onClose}
          onWritten={(written) => {
            setOpinion(written);
            setConfirming(true);
          }}
        />
      )}
    </Modal>
  );
}

type ConfirmationProps = {
  readonly candidates: readonly CandidateSummary[];
  readonly opinion: Opinion;
  readonly onBack: () => void;
  readonly onDone: () => void;
};

function Confirmation({ candidates, opinion, onBack, onDone }: ConfirmationProps) {
  const { t } = useTranslation();
  const [, report] = useBatchReport();
  const { verdict, reason, cause } = opinion;
  const sign = useChange(async () => {
    const { data, error } = await api.POST('/v1/candidates/dispositions', {
      body: { ...opinion, candidates: candidates.map(({ id, version }) => ({ id, version })) },
    });
    if (data) report(toSignedReport(candidates, data));
    return { error };
  }, onDone);
  return (
    <Stack>
      <Paper withBorder p="sm">
        <Text fw={600}>{t('candidateList.confirm')}</Text>
        <Text size="sm">
          {t('review.verdict')}: <b>{t(`verdict.${verdict}`)}</b>
          {cause && ` · ${t(`verdictCause.${cause}`)}`}
        </Text>
        <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
          {t('review.reason')}: {reason}
        </Text>
      </Paper>
      <ChosenTable candidates={candidates} />
      <Group justify="flex-end">
        <Button variant="default" onClick={onBack} data-autofocus>
          {t('candidateList.back')}
        </Button>
        <Button
          loading={sign.isPending}
          onClick={() => {
            sign.mutate(undefined);
          }}
        >
          {t('candidateList.signNow', { count: candidates.length })}
        </Button>
      </Group>
    </Stack>
  );
}
