import { Button, Group, Kbd, Modal, Stack, Text } from '@mantine/core';
import { useDisclosure, useHotkeys } from '@mantine/hooks';
import { useTranslation } from 'react-i18next';

const SHORTCUTS = [
  ['j', 'shortcuts.next'],
  ['k', 'shortcuts.previous'],
  ['Enter', 'shortcuts.open'],
  ['b', 'shortcuts.back'],
  ['x', 'candidateList.keySelect'],
  ['Shift + x', 'candidateList.keyRange'],
  ['/', 'shortcuts.filter'],
  ['?', 'shortcuts.help'],
] as const;

/** What the keys do; `?` shows it. */
export function ShortcutHelp() {
  const { t } = useTranslation();
  const [isOpen, help] = useDisclosure();
  // With Shift where the keyboard needs it.
  useHotkeys([
    ['?', help.toggle],
    ['shift + ?', help.toggle],
  ]);
  return (
    <>
      <Button
        variant="default"
        size="xs"
        onClick={help.open}
        aria-label={t('shortcuts.help')}
        className="no-print"
      >
        ?
      </Button>
      <Modal
        opened={isOpen}
        onClose={help.close}
        title={t('shortcuts.title')}
        closeButtonProps={{ 'aria-label': t('app.close') }}
        size="sm"
      >
        <Stack gap="xs">
          {SHORTCUTS.map(([key, what]) => (
            <Group key={key} justify="space-between">
              <Text size="sm">{t(what)}</Text>
              <Kbd>{key}</Kbd>
            </Group>
          ))}
        </Stack>
      </Modal>
    </>
  );
}
