import {
  Button,
  Group,
  NumberInput,
  SimpleGrid,
  Stack,
  Switch,
  Textarea,
  TextInput,
} from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../api/client.ts';
import type { Role } from '../api/role.ts';
import { formText } from '../common/form-text.ts';
import { ProblemAlert } from '../common/problem-alert.tsx';
import { Section } from '../common/section.tsx';
import { readScope, type Scope, SCOPE_FIELDS, ScopeFields } from './scope-fields.tsx';
import { useFormChange } from './use-form-change.ts';

export const LONGEST_DAYS = 730;
const USUAL_DAYS = 365;

type NewKey = Scope & {
  readonly name: string;
  readonly expiresInDays: number;
  readonly publicKey?: string;
};

export type MadeKey = { readonly id: string; readonly key: string | null };

type FormProps = {
  /** While a secret is shown: another would take its place. */
  readonly isDisabled: boolean;
  readonly onMade: (made: MadeKey) => void;
};

/** Makes a key for a machine: with a secret, or for one that signs its requests. */
export function KeyForm({ isDisabled, onMade }: FormProps) {
  const { t } = useTranslation();
  /** Counts what was made: the fields are empty for the next. */
  const [round, setRound] = useState(0);
  const [role, setRole] = useState<Role>('collection-point');
  const [signs, setSigns] = useState(false);
  const withPublicKey = signs && role === 'collection-point';
  const { submit, isPending, fault, error } = useFormChange({
    send: (body: NewKey) => api.POST('/v1/api-keys', { body }),
    fields: ['name', 'expiresInDays', 'publicKey', ...SCOPE_FIELDS],
    isSecret: true,
    done: (made: MadeKey) => {
      setRound(round + 1);
      onMade(made);
    },
  });
  return (
    <Section title={t('adminKeys.make')} text={t('adminKeys.makeHelp')}>
      <form
        key={round}
        onSubmit={(event) => {
          event.preventDefault();
          const form = event.currentTarget;
          submit({
            ...readScope(form, role),
            name: formText(form, 'name'),
            expiresInDays: Number(formText(form, 'expiresInDays')),
            ...(withPublicKey && { publicKey: formText(form, 'publicKey') }),
          });
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
            <ExpiryInput error={fault('expiresInDays')} />
            <ScopeFields role={role} onRole={setRole} fault={fault} />
          </SimpleGrid>
          {role === 'collection-point' && (
            <Switch
              label={t('adminKeys.signs')}
              description={t('adminKeys.signsHelp')}
              checked={signs}
              onChange={(event) => {
                setSigns(event.currentTarget.checked);
              }}
            />
          )}
          {withPublicKey && <PublicKeyInput error={fault('publicKey')} />}
          {error !== null && <ProblemAlert error={error} />}
          <Group>
            <Button type="submit" loading={isPending} disabled={isDisabled}>
              {t('adminKeys.do')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Section>
  );
}

export function ExpiryInput({ error }: { error: string | null }) {
  const { t } = useTranslation();
  return (
    <NumberInput
      name="expiresInDays"
      label={t('adminKeys.days')}
      defaultValue={USUAL_DAYS}
      min={1}
      max={LONGEST_DAYS}
      allowDecimal={false}
      error={error}
      required
    />
  );
}

export function PublicKeyInput({ error }: { error: string | null }) {
  const { t } = useTranslation();
  return (
    <Textarea
      name="publicKey"
      label={t('adminKeys.publicKey')}
      description={t('adminRules.publicKey')}
      error={error}
      required
      autosize
      minRows={3}
      spellCheck={false}
      classNames={{ input: 'codes' }}
    />
  );
}
