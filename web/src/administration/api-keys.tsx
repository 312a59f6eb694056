import { useTranslation } from 'react-i18next';
import { api, queries } from '../api/client.ts';
import { useChange } from '../candidates/use-change.ts';
import { ConfirmButton } from '../common/confirm-button.tsx';
import { DataTable } from '../common/data-table.tsx';
import { useMoment } from '../common/dates.ts';
import { ProblemAlert } from '../common/problem-alert.tsx';
import { Section } from '../common/section.tsx';

/** The keys of machines, without their secrets. */
export function ApiKeys() {
  const { t } = useTranslation();
  const moment = useMoment();
  const { data, error } = queries.useQuery('get', '/v1/api-keys');
  const revoke = useChange((keyId: string) =>
    api.DELETE('/v1/api-keys/{keyId}', { params: { path: { keyId } } }),
  );
  return (
    <Section title={t('administration.keys')}>
      {error && <ProblemAlert error={error} />}
      {data && (
        <DataTable
          label={t('administration.keys')}
          rows={data.keys}
          keyOf={({ id }) => id}
          columns={[
            { title: t('administration.name'), of: ({ name }) => name },
            { title: t('administration.role'), of: ({ role }) => t(`role.${role}`) },
            {
              title: t('administration.scope'),
              of: ({ jurisdiction }) => jurisdiction ?? '—',
              as: 'code',
            },
            {
              title: t('administration.created'),
              of: ({ createdAt }) => moment(createdAt),
              as: 'moment',
            },
            {
              title: t('administration.expires'),
              of: ({ expiresAt }) => moment(expiresAt),
              as: 'moment',
            },
            {
              title: t('administration.state'),
              of: ({ id, name, revokedAt }) =>
                revokedAt === null ? (
                  <ConfirmButton
                    label={t('administration.revoke')}
                    question={t('administration.confirmRevoke', { name })}
                    onConfirmed={() => {
                      revoke.mutate(id);
                    }}
                  />
                ) : (
                  t('administration.revoked')
                ),
            },
          ]}
        />
      )}
    </Section>
  );
}
