import { Button, Group, JsonInput, Modal, Select, Stack, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, queries } from '../api/client.ts';
import type { paths } from '../api/schema.d.ts';
import { formText } from '../common/form-text.ts';
import { ProblemAlert } from '../common/problem-alert.tsx';
import { Section } from '../common/section.tsx';
import { useNotice } from './use-notice.ts';
import { useFormChange } from './use-form-change.ts';

type NewPolicy = NonNullable<
  paths['/v1/policies']['post']['requestBody']
>['content']['application/json'];

/** Puts another policy in force, beginning with the one that is. */
export function PolicyForm() {
  const { t } = useTranslation();
  const { data, error } = queries.useQuery('get', '/v1/policies');
  const inForce = data?.policies.find(({ active }) => active);
  return (
    <Section title={t('adminSearch.newPolicy')} text={t('adminSearch.newPolicyText')}>
      {error && <ProblemAlert error={error} />}
      {data && (
        <Fields
          key={inForce?.id ?? ''}
          document={inForce ? JSON.stringify(inForce.document, null, 2) : ''}
          tableId={inForce?.frequencyTableId ?? null}
        />
      )}
    </Section>
  );
}

function Fields({ document, tableId }: { document: string; tableId: string | null }) {
  const { t } = useTranslation();
  const notify = useNotice();
  const tables = queries.useQuery('get', '/v1/frequency-tables').data?.frequencyTables ?? [];
  /** What waits for the confirmation. */
  const [wanted, setWanted] = useState<NewPolicy | null>(null);
  const { submit, isPending, fault, error } = useFormChange({
    send: (body: NewPolicy) => api.POST('/v1/policies', { body }),
    fields: ['name', 'frequencyTableId'],
    done: ({ name }: { readonly name: string }) => {
      notify(t('adminSearch.policyInForce', { name }));
    },
  });
  const putAway = (): void => {
    setWanted(null);
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        setWanted(readPolicy(event.currentTarget));
      }}
    >
      <Stack gap="sm">
        <Group align="flex-end" gap="sm">
          <TextInput
            name="name"
            label={t('searches.name')}
            error={fault('name')}
            required
            maxLength={100}
            autoComplete="off"
            w={280}
          />
          <Select
            name="frequencyTableId"
            label={t('provenance.table')}
            defaultValue={tableId}
            data={tables.map(({ id, name }) => ({ value: id, label: name }))}
            error={fault('frequencyTableId')}
            required
            w={320}
          />
        </Group>
        <JsonInput
          name="document"
          label={t('adminSearch.document')}
          description={t('adminSearch.documentHelp')}
          defaultValue={document}
          validationError={t('adminSearch.notJson')}
          required
          autosize
          minRows={6}
          maxRows={24}
          spellCheck={false}
          classNames={{ input: 'codes' }}
        />
        {error !== null && <ProblemAlert error={error} />}
        <Group>
          <Button type="submit" loading={isPending}>
            {t('adminSearch.putInForce')}
          </Button>
        </Group>
      </Stack>
      <Modal
        opened={wanted !== null}
        onClose={putAway}
        title={t('adminSearch.putInForce')}
        closeButtonProps={{ 'aria-label': t('app.close') }}
      >
        <Text mb="md">{t('adminSearch.confirmPolicy', { name: wanted?.name ?? '' })}</Text>
        <Group justify="flex-end">
          <Button variant="default" onClick={putAway} data-autofocus>
            {t('app.cancel')}
          </Button>
          <Button
            color="red"
            onClick={() => {
              putAway();
              if (wanted) submit(wanted);
            }}
          >
            {t('adminSearch.putInForce')}
          </Button>
        </Group>
      </Modal>
    </form>
  );
}

/** Null where the document is no JSON, which its field says; whether it is a policy, the service says. */
function readPolicy(form: HTMLFormElement): NewPolicy | null {
  try {
    return {
      name: formText(form, 'name'),
      frequencyTableId: formText(form, 'frequencyTableId'),
      document: JSON.parse(formText(form, 'document')) as NewPolicy['document'],
    };
  } catch {
    return null;
  }
}
