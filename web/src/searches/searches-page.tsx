import { Stack, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Policies } from './policies.tsx';
import { SearchProgress } from './search-progress.tsx';
import { Sweeps } from './sweeps.tsx';

/** How far the search is, the sweeps with what they changed, and by which rules. */
export function SearchesPage() {
  const { t } = useTranslation();
  return (
    <Stack maw={1100}>
      <Title order={1} size="h2">
        {t('searches.title')}
      </Title>
      <SearchProgress />
      <Sweeps />
      <Policies />
    </Stack>
  );
}
