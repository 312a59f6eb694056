import { Button, Group, SimpleGrid, Stack, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../api/client.ts';
import { formText } from '../common/form-text.ts';
import { ProblemAlert } from '../common/problem-alert.tsx';
import { Section } from '../common/section.tsx';
import { DivisionInput } from './division-input.tsx';
import { useFormChange } from './use-form-change.ts';

type NewWebhook = { readonly jurisdiction: string; readonly url: string };

type FormProps = {
  /** While a secret is shown: another would take its place. */
  readonly isDisabled: boolean;
  readonly onSecret: (secret: string) => void;
};

/** Has every change of a case in a jurisdiction told to an address. */
export function WebhookForm({ isDisabled, onSecret }: FormProps) {
  const { t } = useTranslation();
  /** Counts what was registered: the fields are empty for the next. */
  const [round, setRound] = useState(0);
  const { submit, isPending, fault, error } = useFormChange({
    send: (body: NewWebhook) => api.POST('/v1/webhooks', { body }),
    fields: ['jurisdiction', 'url'],
    isSecret: true,
    done: ({ secret }: { readonly secret: string }) => {
      setRound(round + 1);
      onSecret(secret);
    },
  });
  return (
    <Section title={t('adminWebhooks.register')}>
      <form
        key={round}
        onSubmit={(event) => {
          event.preventDefault();
          const form = event.currentTarget;
          submit({ jurisdiction: formText(form, 'jurisdiction'), url: formText(form, 'url') });
        }}
      >
        <Stack gap="sm">
          <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="sm">
            <DivisionInput name="jurisdiction" error={fault('jurisdiction')} />
            <TextInput
              name="url"
              label={t('adminWebhooks.url')}
              description={t('adminRules.url')}
              error={fault('url')}
              required
              maxLength={500}
              inputMode="url"
              autoComplete="off"
              spellCheck={false}
              classNames={{ input: 'codes' }}
            />
          </SimpleGrid>
          {error !== null && <ProblemAlert error={error} />}
          <Group>
            <Button type="submit" loading={isPending} disabled={isDisabled}>
              {t('adminWebhooks.do')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Section>
  );
}
