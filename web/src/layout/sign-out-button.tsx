import { Button, Group, Modal, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useTranslation } from 'react-i18next';
import { api } from '../api/client.ts';
import { useWaiting } from '../offline/waiting.ts';

/** Ends the session; asks first where something was not sent. */
export function SignOutButton() {
  const { t } = useTranslation();
  const waiting = useWaiting();
  const [isOpen, dialog] = useDisclosure();
  return (
    <>
      <Button
        variant="subtle"
        fullWidth
        justify="flex-start"
        onClick={() => {
          if (waiting.length > 0) dialog.open();
          else void signOut();
        }}
      >
        {t('app.signOut')}
      </Button>
      <Modal
        opened={isOpen}
        onClose={dialog.close}
        title={t('app.signOut')}
        closeButtonProps={{ 'aria-label': t('app.close') }}
      >
        <Text mb="md">{t('offline.signOut', { count: waiting.length })}</Text>
        <Group justify="flex-end">
          <Button variant="default" onClick={dialog.close} data-autofocus>
            {t('app.cancel')}
          </Button>
          <Button color="red" onClick={() => void signOut()}>
            {t('app.signOut')}
          </Button>
        </Group>
      </Modal>
    </>
  );
}

async function signOut(): Promise<void> {
  await api.DELETE('/v1/session');
  // Nothing of what was read stays in this page.
  location.assign('/console/');
}
