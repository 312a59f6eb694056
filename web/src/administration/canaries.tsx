import { Button, Group, Stack, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, queries } from '../api/client.ts';
import { useChange } from '../common/use-change.ts';
import { ConfirmButton } from '../common/confirm-button.tsx';
import { DataTable } from '../common/data-table.tsx';
import { useMoment } from '../common/dates.ts';
import { formText } from '../common/form-text.ts';
import { ProblemAlert } from '../common/problem-alert.tsx';
import { Section } from '../common/section.tsx';
import { useFormChange } from './use-form-change.ts';

const FIELDS = ['point', 'unknown', 'family'] as const;

type NewCanary = Readonly<Record<(typeof FIELDS)[number], string>>;

/** Made-up pairs that the search must find, every day. */
export function Canaries() {
  const { t } = useTranslation();
  const moment = useMoment();
  const { data, error, refetch } = queries.useQuery('get', '/v1/canaries');
  const remove = useChange((canaryId: string) =>
    api.DELETE('/v1/canaries/{canaryId}', { params: { path: { canaryId } } }),
  );
  const outcomeOf = (found: boolean | null): string =>
    found === null ? t('adminSearch.notSearched') : t(`adminSearch.${found ? 'found' : 'missed'}`);
  return (
    <Section title={t('adminSearch.canaries')} text={t('adminSearch.canariesText')}>
      <Stack gap="sm">
        {error && <ProblemAlert error={error} onRetry={() => void refetch()} />}
        {data && (
          <DataTable
            label={t('adminSearch.canaries')}
            rows={data.canaries}
            keyOf={({ id }) => id}
            columns={[
              { title: t('role.collection-point'), of: ({ point }) => point, as: 'code' },
              { title: t('searches.unknowns'), of: ({ unknown }) => unknown, as: 'code' },
              { title: t('candidates.family'), of: ({ family }) => family, as: 'code' },
              { title: t('administration.created'), of: ({ plantedAt }) => moment(plantedAt), as: 'moment' }, // prettier-ignore
              { title: t('adminSearch.outcome'), of: ({ found }) => outcomeOf(found) },
              {
                title: t('adminRules.actions'),
                of: ({ id, unknown }) => (
                  <ConfirmButton
                    label={t('adminSearch.remove')}
                    question={t('adminSearch.confirmRemove', { unknown })}
                    onConfirmed={() => {
                      remove.mutate(id);
                    }}
                  />
                ),
              },
            ]}
          />
        )}
        <CanaryForm />
      </Stack>
    </Section>
  );
}

function CanaryForm() {
  const { t } = useTranslation();
  /** Counts what was planted: the fields are empty for the next. */
  const [round, setRound] = useState(0);
  const { submit, isPending, fault, error } = useFormChange({
    send: (body: NewCanary) => api.POST('/v1/canaries', { body }),
    fields: FIELDS,
    done: () => {
      setRound(round + 1);
    },
  });
  return (
    <form
      key={round}
      onSubmit={(event) => {
        event.preventDefault();
        const textOf = (name: string): string => formText(event.currentTarget, name);
        submit({ point: textOf('point'), unknown: textOf('unknown'), family: textOf('family') });
      }}
    >
      <Group align="flex-end" gap="sm">
        {FIELDS.map((name) => (
          <TextInput
            key={name}
            name={name}
            label={t(`adminSearch.field.${name}`)}
            error={fault(name)}
            required
            autoComplete="off"
            w={210}
          />
        ))}
        <Button type="submit" loading={isPending}>
          {t('adminSearch.plant')}
        </Button>
      </Group>
      {error !== null && <ProblemAlert error={error} />}
    </form>
  );
}
