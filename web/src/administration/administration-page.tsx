import { Stack, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { SearchProgress } from '../searches/search-progress.tsx';
import { ApiKeys } from './api-keys.tsx';
import { CollectionPoints } from './collection-points.tsx';
import { Users } from './users.tsx';

export function AdministrationPage() {
  const { t } = useTranslation();
  return (
    <Stack maw={1100}>
      <Title order={1} size="h2">
        {t('administration.title')}
      </Title>
      <SearchProgress />
      <Users />
      <ApiKeys />
      <CollectionPoints />
    </Stack>
  );
}
