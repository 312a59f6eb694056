import { Button, Group, Stack, Text, TextInput, Title } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { formText } from '../common/form-text.ts';

const CASE_ID = /^HW-[0-9A-Z]{10}$/;

/** Police ask by case id, and nothing can be browsed. */
export function CasesPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [isWrong, setWrong] = useState(false);
  const ask = (form: HTMLFormElement): void => {
    const caseId = formText(form, 'caseId').toUpperCase();
    setWrong(!CASE_ID.test(caseId));
    if (CASE_ID.test(caseId)) void navigate({ to: '/cases/$caseId', params: { caseId } });
  };
  return (
    <Stack maw={720}>
      <div>
        <Title order={1} size="h2">
          {t('cases.title')}
        </Title>
        <Text c="dimmed">{t('cases.text')}</Text>
      </div>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          ask(event.currentTarget);
        }}
      >
        <Group align="flex-start" gap="sm">
          <TextInput
            name="caseId"
            label={t('cases.id')}
            description={t('cases.idHelp')}
            error={isWrong && t('cases.invalid')}
            required
            autoComplete="off"
            w={260}
          />
          <Button type="submit" mt={46}>
            {t('cases.ask')}
          </Button>
        </Group>
      </form>
    </Stack>
  );
}
