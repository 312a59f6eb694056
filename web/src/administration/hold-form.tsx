import { Button, Group, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../api/client.ts';
import { formText } from '../common/form-text.ts';
import { ProblemAlert } from '../common/problem-alert.tsx';
import { useFormChange } from './use-form-change.ts';

type NewHold = { readonly caseId: string; readonly reason: string; readonly until: string };

/** Has the samples of a case kept. */
export function HoldForm() {
  const { t } = useTranslation();
  /** Counts what was placed: the fields are empty for the next. */
  const [round, setRound] = useState(0);
  const { submit, isPending, fault, error } = useFormChange({
    send: (body: NewHold) => api.POST('/v1/legal-holds', { body }),
    fields: ['caseId', 'reason', 'until'],
    done: () => {
      setRound(round + 1);
    },
  });
  return (
    <form
      key={round}
      onSubmit={(event) => {
        event.preventDefault();
        const form = event.currentTarget;
        const caseId = formText(form, 'caseId').toUpperCase();
        submit({ caseId, reason: formText(form, 'reason'), until: formText(form, 'until') });
      }}
    >
      <Group align="flex-start" gap="sm" mt="md">
        <TextInput
          name="caseId"
          label={t('cases.id')}
          description={t('cases.idHelp')}
          error={fault('caseId')}
          required
          autoComplete="off"
          w={220}
        />
        <TextInput
          name="reason"
          label={t('adminOversight.reason')}
          description={t('adminRules.reason')}
          error={fault('reason')}
          required
          maxLength={500}
          style={{ flex: '1 1 240px' }}
        />
        <TextInput
          name="until"
          label={t('adminOversight.until')}
          description={t('adminOversight.untilHelp')}
          error={fault('until')}
          type="date"
          required
          w={170}
        />
        <Button type="submit" mt={46} loading={isPending}>
          {t('adminOversight.place')}
        </Button>
      </Group>
      {error !== null && <ProblemAlert error={error} />}
    </form>
  );
}
