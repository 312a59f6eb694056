import { Button, Group, Select, SimpleGrid, Stack, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { formText } from '../common/form-text.ts';
import { Section } from '../common/section.tsx';
import { type AuditView, PRESETS, readAuditView } from './audit-view.ts';
import { ROLES } from './roles.ts';

const FIELDS = ['actor', 'role', 'action', 'object', 'status', 'from', 'to'] as const;
const NAMES = ['everything', 'signIns', 'credentials', 'refused', 'faults'] as const;

type FiltersProps = {
  readonly view: AuditView;
  readonly onSearch: (view: AuditView) => void;
};

/** What to look for in the record: by hand, or one of the usual searches. */
export function AuditFilters({ view, onSearch }: FiltersProps) {
  const { t } = useTranslation();
  return (
    <Section title={t('adminAudit.search')}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          const form = event.currentTarget;
          onSearch(readAuditView(Object.fromEntries(FIELDS.map((name) => [name, formText(form, name)])))); // prettier-ignore
        }}
      >
        <Stack gap="sm">
          <Group gap={6} role="group" aria-label={t('adminAudit.presets')}>
            {NAMES.map((name) => (
              <Button
                key={name}
                size="compact-sm"
                variant="default"
                aria-pressed={JSON.stringify(PRESETS[name]) === JSON.stringify(view)}
                onClick={() => {
                  onSearch(PRESETS[name]);
                }}
              >
                {t(`adminAudit.preset.${name}`)}
              </Button>
            ))}
          </Group>
          <SimpleGrid cols={{ base: 1, xs: 2, md: 4 }} spacing="sm" style={{ alignItems: 'end' }}>
            <Text name="actor" value={view.actor} />
            <Select
              name="role"
              label={t('administration.role')}
              defaultValue={view.role ?? null}
              data={ROLES.map((value) => ({ value, label: t(`role.${value}`) }))}
              placeholder={t('adminAudit.any')}
              clearable
              clearButtonProps={{ 'aria-label': t('adminAudit.any') }}
            />
            <Text name="action" value={view.action} />
            <Text name="object" value={view.object} />
            <Text name="status" value={view.status} pattern="[1-5](\d\d|xx)" />
            <Text name="from" value={view.from} type="datetime-local" />
            <Text name="to" value={view.to} type="datetime-local" />
          </SimpleGrid>
          <Group>
            <Button type="submit">{t('adminAudit.find')}</Button>
          </Group>
        </Stack>
      </form>
    </Section>
  );
}

type TextProps = {
  readonly name: Exclude<(typeof FIELDS)[number], 'role'>;
  readonly value: string | undefined;
  readonly type?: string;
  readonly pattern?: string;
};

function Text({ name, value, type = 'text', pattern }: TextProps) {
  const { t } = useTranslation();
  return (
    <TextInput
      name={name}
      label={t(`adminAudit.field.${name}`)}
      description={t(`adminAudit.help.${name}`)}
      defaultValue={value ?? ''}
      type={type}
      {...(pattern !== undefined && { pattern })}
      autoComplete="off"
      spellCheck={false}
    />
  );
}
