import { ActionIcon, Button, Group, Menu, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { CandidateView } from './candidate-view.ts';
import { useSavedViews } from './saved-views.ts';

type ViewMenuProps = {
  readonly view: CandidateView;
  readonly onChange: (view: CandidateView) => void;
};

/** Keeps filters, order and columns under a name, and brings them back. */
export function ViewMenu({ view, onChange }: ViewMenuProps) {
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
