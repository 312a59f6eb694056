import { useTranslation } from 'react-i18next';
import { CollectionPoints } from './collection-points.tsx';
import { NearestPoints } from './nearest-points.tsx';
import { Page } from './page.tsx';
import { PointForm } from './point-form.tsx';

/** Where blood is drawn: the registry, registering and the nearest to a place. */
export function PointsPage() {
  const { t } = useTranslation();
  return (
    <Page title={t('administration.points')} text={t('adminPoints.text')}>
      <CollectionPoints />
      <PointForm />
      <NearestPoints />
    </Page>
  );
}
