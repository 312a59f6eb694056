import { Alert, Button, Code, CopyButton, Group, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';

type SecretProps = {
  readonly title: string;
  readonly secret: string;
  readonly onPutAway: () => void;
};

/** A secret that the service shows this once; it is kept nowhere, and gone when it is put away. */
export function SecretOnce({ title, secret, onPutAway }: SecretProps) {
  const { t } = useTranslation();
  return (
    <Alert
      color="orange"
      classNames={{ title: 'plain' }}
      variant="light"
      title={title}
      role="status"
    >
      <Text size="sm" mb="xs">
        {t('adminKeys.once')}
      </Text>
      <Code block className="codes secret">
        {secret}
      </Code>
      <Group mt="xs" gap="sm">
        <CopyButton value={secret}>
          {({ copied, copy }) => (
            <Button size="xs" onClick={copy}>
              {copied ? t('adminKeys.copied') : t('adminKeys.copy')}
            </Button>
          )}
        </CopyButton>
        <Button size="xs" variant="default" onClick={onPutAway}>
          {t('adminKeys.putAway')}
        </Button>
      </Group>
    </Alert>
  );
}
