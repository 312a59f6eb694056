import { ActionIcon, Button, Checkbox, Group, Menu, MultiSelect, TextInput } from '@mantine/core';
import type { RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import { type CandidateView, readCandidateView, RELATIONSHIPS, STATES } from './candidate-view.ts';
import { useSavedViews } from './saved-views.ts';

type FiltersProps = {
  readonly view: CandidateView;
  readonly onChange: (view: CandidateView) => void;
  readonly textRef: RefObject<HTMLInputElement | null>;
};

export function CandidateFilters({ view, onChange, textRef }: FiltersProps) {
  const { t } = useTranslation();
  const change = (part: Record<string, unknown>): void => {
    onChange(readCandidateView({ ...view, ...part }));
  };
  return (
    <Group gap="sm" align="flex-end">
      <TextInput
        ref={textRef}
        label={t('candidates.filter')}
        value={view.text ?? ''}
        onChange={({ currentTarget }) => {
          change({ text: currentTarget.value });
        }}
        w={180}
      />
      <MultiSelect
        label={t('candidates.states')}
        placeholder={view.states ? '' : t('candidates.anyState')}
        data={STATES.map((value) => ({ value, label: t(`state.${value}`) }))}
        value={[...(view.states ?? [])]}
        onChange={(states) => {
          change({ states });
        }}
        clearable
        miw={180}
        maw={420}
      />
      <MultiSelect
        label={t('candidates.relationships')}
        placeholder={view.relationships ? '' : t('candidates.anyRelationship')}
        data={RELATIONSHIPS.map((value) => ({ value, label: t(`relationship.${value}`) }))}
        value={[...(view.relationships ?? [])]}
        onChange={(relationships) => {
          change({ relationships });
        }}
        clearable
        miw={180}
        maw={420}
      />
      <Checkbox
        label={t('candidates.mine')}
        checked={view.mine ?? false}
        onChange={({ currentTarget }) => {
          change({ mine: currentTarget.checked });
        }}
        pb={8}
      />
      <ViewMenu view={view} onChange={onChange} />
    </Group>
  );
}

function ViewMenu({ view, onChange }: Omit<FiltersProps, 'textRef'>) {
  const { t } = useTranslation();
  const saved = useSavedViews();
  const saveAs = (form: FormData): void => {
    const name = form.get('name');
    if (typeof name === 'string' && name.trim() !== '') saved.save(name.trim(), view);
  };
  return (
    <Menu position="bottom-end" width={260} trapFocus>
      <Menu.Target>
        <Button variant="default">{t('candidates.view')}</Button>
      </Menu.Target>
      <Menu.Dropdown>
        {saved.views.map(({ name, view: kept }) => (
          <Group key={name} gap={4} wrap="nowrap">
            <Menu.Item
              onClick={() => {
                onChange(kept);
              }}
            >
              {name}
            </Menu.Item>
            <ActionIcon
              variant="subtle"
              color="gray"
              aria-label={t('candidates.deleteView', { name })}
              onClick={() => {
                saved.remove(name);
              }}
            >
              ×
            </ActionIcon>
          </Group>
        ))}
        {saved.views.length > 0 && <Menu.Divider />}
        <form action={saveAs}>
          <Group gap={4} p={4} wrap="nowrap" align="flex-end">
            <TextInput
              name="name"
              size="xs"
              label={t('candidates.viewName')}
              maxLength={40}
              required
            />
            <Button type="submit" size="xs">
              {t('candidates.saveView')}
            </Button>
          </Group>
        </form>
      </Menu.Dropdown>
    </Menu>
  );
}
