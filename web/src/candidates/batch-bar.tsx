import { Button, Group, Paper, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { AssignDialog } from './assign-dialog.tsx';
import { giveUpEach, MOST_AT_ONCE } from './batch.ts';
import type { CandidateSummary } from './candidate-view.ts';
import { useMe } from '../common/use-me.ts';
import { SignDialog } from './sign-dialog.tsx';
import { useBatchReport } from './use-batch-report.ts';
import { useChange } from '../common/use-change.ts';
import type { Selection } from './use-selection.ts';

/** What was asked for, with whom: of what was shown then, whatever comes of the list meanwhile. */
type Asked = {
  readonly kind: 'sign' | 'assign';
  readonly candidates: readonly CandidateSummary[];
};

/** What can be done with the candidates that are marked. */
export function BatchBar({ selection }: { selection: Selection }) {
  const [asked, setAsked] = useState<Asked | null>(null);
  const Dialog = asked?.kind === 'sign' ? SignDialog : AssignDialog;
  return (
    <>
      {selection.selected.length > 0 && <Bar selection={selection} onAsked={setAsked} />}
      {asked && (
        <Dialog
          candidates={asked.candidates}
          onClose={() => {
            setAsked(null);
          }}
          onDone={selection.clear}
        />
      )}
    </>
  );
}

type BarProps = { readonly selection: Selection; readonly onAsked: (asked: Asked) => void };

function Bar({ selection, onAsked }: BarProps) {
  const { t } = useTranslation();
  const { selected, isAll, selectAll, clear } = selection;
  const isTooMany = selected.length > MOST_AT_ONCE;
  const ask = (kind: Asked['kind']) => (): void => {
    onAsked({ kind, candidates: selected });
  };
  return (
    <Paper withBorder p="xs" className="no-print">
      <Group gap="sm" role="group" aria-label={t('candidateList.batch')}>
        <Text size="sm" fw={600} role="status">
          {t('candidateList.selected', { count: selected.length })}
        </Text>
        <Button size="xs" disabled={isTooMany} onClick={ask('sign')}>
          {t('candidateList.sign')}
        </Button>
        <Button size="xs" variant="default" disabled={isTooMany} onClick={ask('assign')}>
          {t('candidateList.assign')}
        </Button>
        <GiveUpButton selection={selection} />
        {!isAll && (
          <Button size="xs" variant="subtle" onClick={selectAll}>
            {t('candidateList.selectAll')}
          </Button>
        )}
        <Button size="xs" variant="subtle" onClick={clear}>
          {t('candidateList.clear')}
        </Button>
        {isTooMany && <Text size="sm">{t('candidateList.tooMany', { most: MOST_AT_ONCE })}</Text>}
      </Group>
    </Paper>
  );
}

/** Where one has taken some of them up. */
function GiveUpButton({ selection: { selected, clear } }: { selection: Selection }) {
  const { t } = useTranslation();
  const me = useMe();
  const [, report] = useBatchReport();
  const mine = selected.filter(({ claims }) => claims.some(({ analystId }) => analystId === me));
  const giveUp = useChange(async (analystId: string) => {
    report(await giveUpEach(mine, analystId));
    return {};
  }, clear);
  if (me === null || mine.length === 0) return null;
  return (
    <Button
      size="xs"
      variant="default"
      loading={giveUp.isPending}
      onClick={() => {
        giveUp.mutate(me);
      }}
    >
      {t('candidateList.giveUpMine', { count: mine.length })}
    </Button>
  );
}
