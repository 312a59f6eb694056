import { Button, FileInput, Group, Stack, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../api/client.ts';
import { formText } from '../common/form-text.ts';
import { ProblemAlert } from '../common/problem-alert.tsx';
import { Section } from '../common/section.tsx';
import { useNotice } from './use-notice.ts';
import { useFormChange } from './use-form-change.ts';

type NewTable = { readonly name: string; readonly file: File };

/** Uploads a table of allele frequencies. */
export function TableForm() {
  const { t } = useTranslation();
  const notify = useNotice();
  const [file, setFile] = useState<File | null>(null);
  const { submit, isPending, fault, error } = useFormChange({
    send: ({ name, file: content }: NewTable) =>
      api.POST('/v1/frequency-tables', {
        params: { query: { name } },
        headers: { 'content-type': 'text/csv' },
        // The file goes as it is; the type of the body describes its content.
        body: content as never,
        bodySerializer: (body) => body as never,
      }),
    fields: ['name'],
    done: ({ name }: { readonly name: string }) => {
      setFile(null);
      notify(t('adminSearch.tableStored', { name }));
    },
  });
  return (
    <Section title={t('adminSearch.newTable')} text={t('adminSearch.newTableText')}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (file) submit({ name: formText(event.currentTarget, 'name'), file });
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
              w={260}
            />
            <FileInput
              label={t('adminSearch.file')}
              placeholder={t('uploads.choose')}
              value={file}
              onChange={setFile}
              accept=".csv,text/csv"
              required
              clearable
              clearButtonProps={{ 'aria-label': t('app.cancel') }}
              w={280}
            />
            <Button type="submit" loading={isPending} disabled={!file}>
              {t('adminSearch.upload')}
            </Button>
          </Group>
          {error !== null && <ProblemAlert error={error} />}
        </Stack>
      </form>
    </Section>
  );
}
