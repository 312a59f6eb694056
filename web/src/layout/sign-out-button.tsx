import { Alert, Button, Group, Modal, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api } from '../api/client.ts';
import { canKeep } from '../offline/can-keep.ts';
import { useWaiting } from '../offline/waiting.ts';

const UNAUTHORIZED = 401;

/** Ends the session; asks first where something was not sent. */
export function SignOutButton() {
  const { t } = useTranslation();
  const waiting = useWaiting();
  const [isOpen, dialog] = useDisclosure();
  const leaving = useMutation({
    // Without a network it fails at once, and that is said.
    networkMode: 'always',
    mutationFn: signOut,
    onError: dialog.close,
  });
  const leave = (): void => {
    leaving.mutate();
  };
  return (
    <>
      <Button
        variant="subtle"
        fullWidth
        justify="flex-start"
        loading={leaving.isPending}
        onClick={() => {
          if (waiting.length > 0) dialog.open();
          else leave();
        }}
      >
        {t('app.signOut')}
      </Button>
      {leaving.isError && (
        <Alert color="red" variant="light" role="alert" p="xs">
          {t('offline.stillSignedIn')}
        </Alert>
      )}
      <Modal
        opened={isOpen}
        onClose={dialog.close}
        title={t('app.signOut')}
        closeButtonProps={{ 'aria-label': t('app.close') }}
      >
        <Text mb="md">
          {t(canKeep() ? 'offline.signOut' : 'offline.signOutLoses', { count: waiting.length })}
        </Text>
        <Group justify="flex-end">
          <Button variant="default" onClick={dialog.close} data-autofocus>
            {t('app.cancel')}
          </Button>
          <Button color="red" loading={leaving.isPending} onClick={leave}>
            {t('app.signOut')}
          </Button>
        </Group>
      </Modal>
    </>
  );
}

/** @throws where the service is not reached, or refuses: the session goes on */
async function signOut(): Promise<void> {
  const { error, response } = await api.DELETE('/v1/session');
  // Signed out already, in another page, is signed out.
  if (!response.ok && response.status !== UNAUTHORIZED) {
    throw new Error('the session goes on', { cause: error });
  }
  // Nothing of what was read stays in this page.
  location.assign('/console/');
}
