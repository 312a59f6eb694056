import { useTranslation } from 'react-i18next';
import { Policies } from '../searches/policies.tsx';
import { SearchProgress } from '../searches/search-progress.tsx';
import { Sweeps } from '../searches/sweeps.tsx';
import { Canaries } from './canaries.tsx';
import { Page } from './page.tsx';
import { PolicyForm } from './policy-form.tsx';
import { SweepSteering } from './sweep-steering.tsx';
import { TableForm } from './table-form.tsx';

/** By which rules the search compares, when it does so again, and whether it misses anybody. */
export function SteeringPage() {
  const { t } = useTranslation();
  return (
    <Page title={t('adminSearch.title')} text={t('adminSearch.text')}>
      <SearchProgress />
      <SweepSteering />
      <Sweeps />
      <Canaries />
      <Policies />
      <TableForm />
      <PolicyForm />
    </Page>
  );
}
