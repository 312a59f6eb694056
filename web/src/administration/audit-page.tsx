import { useNavigate, useSearch } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { AuditCheck } from './audit-check.tsx';
import { AuditEntries } from './audit-entries.tsx';
import { AuditFilters } from './audit-filters.tsx';
import type { AuditView } from './audit-view.ts';
import { Page } from './page.tsx';

/** What was done and by whom, and whether anybody has touched the record of it. */
export function AuditPage() {
  const { t } = useTranslation();
  const view = useSearch({ from: '/administration/audit' });
  const navigate = useNavigate({ from: '/administration/audit' });
  const show = (wanted: AuditView): void => {
    void navigate({ search: wanted });
  };
  return (
    <Page title={t('adminAudit.title')} text={t('adminAudit.text')}>
      <AuditCheck />
      <AuditFilters key={JSON.stringify(view)} view={view} onSearch={show} />
      <AuditEntries view={view} />
    </Page>
  );
}
