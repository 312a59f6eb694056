import { Button, Group, Modal, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useTranslation } from 'react-i18next';

type ConfirmProps = {
  readonly label: string;
  readonly question: string;
  readonly onConfirmed: () => void;
};

/** For what cannot be taken back: asks once more. */
export function ConfirmButton({ label, question, onConfirmed }: ConfirmProps) {
  const { t } = useTranslation();
  const [isOpen, dialog] = useDisclosure();
  return (
    <>
      <Button size="compact-xs" variant="default" onClick={dialog.open}>
        {label}
      </Button>
      <Modal
        opened={isOpen}
        onClose={dialog.close}
        title={label}
        closeButtonProps={{ 'aria-label': t('app.close') }}
      >
        <Text mb="md">{question}</Text>
        <Group justify="flex-end">
          <Button variant="default" onClick={dialog.close} data-autofocus>
            {t('app.cancel')}
          </Button>
          <Button
            color="red"
            onClick={() => {
              dialog.close();
              onConfirmed();
            }}
          >
            {label}
          </Button>
        </Group>
      </Modal>
    </>
  );
}
