import { Button, Drawer } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { notifications } from '@mantine/notifications';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { hearOfArrivals, outboxOf } from './person-outbox.ts';
import { useWaiting } from './waiting.ts';
import { WaitingList } from './waiting-list.tsx';

/** Says how much is queued, keeps sending it while the page is open, and shows it when asked. */
export function WaitingSign({ owner }: { owner: string }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [isOpen, drawer] = useDisclosure();
  const waiting = useWaiting();
  const refused = waiting.filter(({ refusal }) => refusal !== null).length;
  const count = waiting.length;
  const said =
    refused === 0
      ? t('offline.waitingCount', { count })
      : refused === count
        ? t('offline.refusedCount', { count })
        : t('offline.unsentCount', { count });
  useEffect(() => {
    hearOfArrivals(({ title, receipts }) => {
      const refusedRows = receipts.reduce((sum, receipt) => sum + receipt.refused, 0);
      notifications.show({
        color: refusedRows > 0 ? 'orange' : 'teal',
        title: t('offline.arrived', { title }),
        message:
          refusedRows > 0
            ? t('offline.rowsRefused', { count: refusedRows, batch: receipts[0]?.batchId })
            : '',
        closeButtonProps: { 'aria-label': t('app.close') },
        // What is to be put right is not to vanish.
        autoClose: refusedRows > 0 ? false : 8_000,
      });
      void client.invalidateQueries();
    });
    void outboxOf(owner).then(({ wake }) => {
      wake();
    });
  }, [client, owner, t]);
  return (
    <>
      {waiting.length > 0 && (
        <Button
          size="xs"
          color={refused > 0 ? 'red.9' : '#944b00'}
          variant="outline"
          onClick={drawer.open}
        >
          {said}
        </Button>
      )}
      <Drawer
        opened={isOpen}
        onClose={drawer.close}
        position="right"
        title={t('offline.title')}
        closeButtonProps={{ 'aria-label': t('app.close') }}
      >
        <WaitingList owner={owner} />
      </Drawer>
    </>
  );
}
