import { Group, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import icon from '../icon.svg';

export function Logo() {
  const { t, i18n } = useTranslation();
  return (
    <Group gap="xs" wrap="nowrap">
      <img src={icon} alt="" width={28} height={28} />
      <Text fw={700} size="lg">
        {t('app.name')}
      </Text>
      <Text c="dimmed" size="sm" visibleFrom="xs" lang={i18n.language === 'zh' ? 'en' : 'zh-CN'}>
        {t('app.other')}
      </Text>
    </Group>
  );
}
