import { Button, Group, Paper, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useTranslation } from 'react-i18next';
import { AssignDialog } from './assign-dialog.tsx';
import { giveUpEach, MOST_AT_ONCE } from './batch.ts';
import { useMe } from './claims-cell.tsx';
import { SignDialog } from './sign-dialog.tsx';
import { useBatchReport } from './use-batch-report.ts';
import { useChange } from './use-change.ts';
import type { Selection } from './use-selection.ts';

/** What can be done with the candidates that are marked. */
export function BatchBar({ selection }: { selection: Selection }) {
  const { t } = useTranslation();
  const [isAssigning, assigning] = useDisclosure();
  const [isSigning, signing] = useDisclosure();
  const { selected, isAll, selectAll, clear } = selection;
  if (selected.length === 0) return null;
  const isTooMany = selected.length > MOST_AT_ONCE;
  return (
    <Paper withBorder p="xs" className="no-print">
      <Group gap="sm" role="group" aria-label={t('candidateList.batch')}>
        <Text size="sm" fw={600} role="status">
          {t('candidateList.selected', { count: selected.length })}
        </Text>
        <Button size="xs" disabled={isTooMany} onClick={signing.open}>
          {t('candidateList.sign')}
        </Button>
        <Button size="xs" variant="default" disabled={isTooMany} onClick={assigning.open}>
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
      {isSigning && <SignDialog candidates={selected} onClose={signing.close} onDone={clear} />}
      {isAssigning && (
        <AssignDialog candidates={selected} onClose={assigning.close} onDone={clear} />
      )}
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
