import { Button, Center, Paper, Stack, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { SIGN_IN } from '../api/session.ts';
import { LanguageSwitch } from './language-switch.tsx';
import { Logo } from './logo.tsx';

export function SignInPage() {
  const { t } = useTranslation();
  return (
    <Center component="main" mih="100vh" p="md">
      <Paper withBorder p="xl" maw={440} w="100%" radius="lg">
        <Stack gap="md">
          <Logo />
          <Title order={1} size="h2">
            {t('signIn.title')}
          </Title>
          <Text>{t('signIn.text')}</Text>
          <Button component="a" href={SIGN_IN} size="md">
            {t('signIn.button')}
          </Button>
          <Text size="sm" c="dimmed">
            {t('signIn.noAccount')}
          </Text>
          <div>
            <LanguageSwitch />
          </div>
        </Stack>
      </Paper>
    </Center>
  );
}
