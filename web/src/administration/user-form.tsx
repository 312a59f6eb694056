import { Button, Group, SimpleGrid, Stack, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../api/client.ts';
import type { Role } from '../api/role.ts';
import { formText } from '../common/form-text.ts';
import { ProblemAlert } from '../common/problem-alert.tsx';
import { Section } from '../common/section.tsx';
import { readScope, type Scope, SCOPE_FIELDS, ScopeFields } from './scope-fields.tsx';
import { useNotice } from './use-notice.ts';
import { useFormChange } from './use-form-change.ts';

type NewUser = Scope & { readonly name: string; readonly subject: string };

/** Registers somebody, whom the issuer then signs in. */
export function UserForm() {
  const { t } = useTranslation();
  const notify = useNotice();
  /** Counts who was registered: the fields are empty for the next. */
  const [round, setRound] = useState(0);
  const [role, setRole] = useState<Role>('analyst');
  const { submit, isPending, fault, error } = useFormChange({
    send: (body: NewUser) => api.POST('/v1/users', { body }),
    fields: ['name', 'subject', ...SCOPE_FIELDS],
    done: () => {
      setRound(round + 1);
      notify(t('adminPeople.registered'));
    },
  });
  return (
    <Section title={t('adminPeople.register')} text={t('adminPeople.registerHelp')}>
      <form
        key={round}
        onSubmit={(event) => {
          event.preventDefault();
          const sent = event.currentTarget;
          const [name, subject] = [formText(sent, 'name'), formText(sent, 'subject')];
          submit({ ...readScope(sent, role), name, subject });
        }}
      >
        <Stack gap="sm">
          <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="sm">
            <TextInput
              name="name"
              label={t('administration.name')}
              error={fault('name')}
              required
              maxLength={100}
              autoComplete="off"
            />
            <TextInput
              name="subject"
              label={t('administration.subject')}
              error={fault('subject')}
              required
              maxLength={255}
              autoComplete="off"
              classNames={{ input: 'codes' }}
            />
            <ScopeFields role={role} onRole={setRole} fault={fault} />
          </SimpleGrid>
          {error !== null && <ProblemAlert error={error} />}
          <Group>
            <Button type="submit" loading={isPending}>
              {t('adminPeople.do')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Section>
  );
}
