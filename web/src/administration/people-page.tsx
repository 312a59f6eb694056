import { useTranslation } from 'react-i18next';
import { Page } from './page.tsx';
import { UserForm } from './user-form.tsx';
import { Users } from './users.tsx';

/** Who may sign in: registering and disabling. */
export function PeoplePage() {
  const { t } = useTranslation();
  return (
    <Page title={t('administration.users')} text={t('adminPeople.text')}>
      <Users />
      <UserForm />
    </Page>
  );
}
