import { useTranslation } from 'react-i18next';
import { api, queries } from '../api/client.ts';
import { useChange } from '../common/use-change.ts';
import { ConfirmButton } from '../common/confirm-button.tsx';
import { DataTable } from '../common/data-table.tsx';
import { useMoment } from '../common/dates.ts';
import { ProblemAlert } from '../common/problem-alert.tsx';
import { Section } from '../common/section.tsx';
import { useScopeText } from './scope-fields.tsx';

/** Who may sign in, and who might once. */
export function Users() {
  const { t } = useTranslation();
  const moment = useMoment();
  const scopeText = useScopeText();
  const { data, error } = queries.useQuery('get', '/v1/users');
  const disable = useChange((userId: string) =>
    api.DELETE('/v1/users/{userId}', { params: { path: { userId } } }),
  );
  return (
    <Section title={t('adminPeople.list')}>
      {error && <ProblemAlert error={error} />}
      {data && (
        <DataTable
          label={t('adminPeople.list')}
          rows={data.users}
          minWidth={820}
          keyOf={({ id }) => id}
          columns={[
            { title: t('administration.name'), of: ({ name }) => name },
            { title: t('administration.role'), of: ({ role }) => t(`role.${role}`) },
            { title: t('administration.subject'), of: ({ subject }) => subject, as: 'code' },
            { title: t('administration.scope'), of: scopeText, as: 'code' },
            {
              title: t('administration.created'),
              of: ({ createdAt }) => moment(createdAt),
              as: 'moment',
            },
            {
              title: t('administration.state'),
              of: ({ id, name, disabledAt }) =>
                disabledAt === null ? (
                  <ConfirmButton
                    label={t('administration.disable')}
                    question={t('administration.confirmDisable', { name })}
                    onConfirmed={() => {
                      disable.mutate(id);
                    }}
                  />
                ) : (
                  t('administration.disabled')
                ),
            },
          ]}
        />
      )}
    </Section>
  );
}
