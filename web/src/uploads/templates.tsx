import { Anchor, Group, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Side } from './receipt.ts';

const TEMPLATES = [
  ['csv', 'CSV'],
  ['csv-two-columns', 'CSV (2)'],
  ['genemapper', 'GeneMapper'],
  ['codis-xml', 'CODIS XML'],
  ['json', 'JSON'],
] as const;

export function Templates({ side }: { side: Side }) {
  const { t } = useTranslation();
  return (
    <Group gap="sm">
      <Text size="sm">{t('uploads.templates')}:</Text>
      {TEMPLATES.map(([format, name]) => (
        <Anchor key={format} size="sm" href={`/v1/templates/${format}?side=${side}`} download>
          {name}
        </Anchor>
      ))}
    </Group>
  );
}
