import { Button, Group, Stack, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../api/client.ts';
import { formText } from '../common/form-text.ts';
import { ProblemAlert } from '../common/problem-alert.tsx';
import { Section } from '../common/section.tsx';
import type { PointContent } from './point-content.ts';
import { POINT_FAULTS, PointFields, readPointContent } from './point-fields.tsx';
import { useNotice } from './use-notice.ts';
import { useFormChange } from './use-form-change.ts';

/** Registers a collection point. */
export function PointForm() {
  const { t } = useTranslation();
  const notify = useNotice();
  /** Counts what was registered: the fields are empty for the next. */
  const [round, setRound] = useState(0);
  const { submit, isPending, fault, error } = useFormChange({
    send: (body: PointContent & { readonly code: string }) =>
      api.POST('/v1/collection-points', { body }),
    fields: POINT_FAULTS,
    done: ({ code }: { readonly code: string }) => {
      setRound(round + 1);
      notify(t('adminPoints.registered', { code }));
    },
  });
  return (
    <Section title={t('adminPoints.register')}>
      <form
        key={round}
        onSubmit={(event) => {
          event.preventDefault();
          const form = event.currentTarget;
          submit({ code: formText(form, 'code').toUpperCase(), ...readPointContent(form) });
        }}
      >
        <Stack gap="sm">
          <TextInput
            name="code"
            label={t('administration.code')}
            description={t('adminRules.code')}
            error={fault('code')}
            required
            maxLength={20}
            maw={340}
            autoComplete="off"
          />
          <PointFields fault={fault} />
          {error !== null && <ProblemAlert error={error} />}
          <Group>
            <Button type="submit" loading={isPending}>
              {t('adminPoints.do')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Section>
  );
}
