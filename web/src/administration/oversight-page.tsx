import { useTranslation } from 'react-i18next';
import { LegalHolds } from './legal-holds.tsx';
import { Openings } from './openings.tsx';
import { Page } from './page.tsx';

/** What administrators watch over: hasty openings, and samples that must be kept. */
export function OversightPage() {
  const { t } = useTranslation();
  return (
    <Page title={t('adminOversight.title')} text={t('adminOversight.text')}>
      <Openings />
      <LegalHolds />
    </Page>
  );
}
