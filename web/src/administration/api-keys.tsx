import { Group, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { api, queries } from '../api/client.ts';
import type { paths } from '../api/schema.d.ts';
import { useChange } from '../common/use-change.ts';
import { ConfirmButton } from '../common/confirm-button.tsx';
import { DataTable } from '../common/data-table.tsx';
import { useMoment } from '../common/dates.ts';
import { ProblemAlert } from '../common/problem-alert.tsx';
import { Section } from '../common/section.tsx';
import type { MadeKey } from './key-form.tsx';
import { RotateKey } from './rotate-key.tsx';
import { useScopeText } from './scope-fields.tsx';

type ApiKey =
  paths['/v1/api-keys']['get']['responses'][200]['content']['application/json']['keys'][number];

type KeysProps = {
  /** Then none is rotated. */
  readonly isSecretShown: boolean;
  readonly onMade: (made: MadeKey) => void;
};

/** The keys of machines, without their secrets. */
export function ApiKeys({ isSecretShown, onMade }: KeysProps) {
  const { t } = useTranslation();
  const moment = useMoment();
  const scopeText = useScopeText();
  const { data, error, refetch } = queries.useQuery('get', '/v1/api-keys');
  return (
    <Section title={t('adminKeys.list')}>
      {error && <ProblemAlert error={error} onRetry={() => void refetch()} />}
      {data && (
        <DataTable
          label={t('adminKeys.list')}
          rows={data.keys}
          minWidth={940}
          keyOf={({ id }) => id}
          columns={[
            { title: t('administration.name'), of: ({ name }) => name },
            { title: t('administration.role'), of: ({ role }) => t(`role.${role}`) },
            { title: t('administration.scope'), of: scopeText, as: 'code' },
            {
              title: t('adminKeys.kind'),
              of: ({ signs }) => t(signs ? 'adminKeys.signing' : 'adminKeys.secret'),
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
              of: (key) => <KeyState apiKey={key} {...{ isSecretShown, onMade }} />,
            },
          ]}
        />
      )}
    </Section>
  );
}

function KeyState({ apiKey, isSecretShown, onMade }: KeysProps & { apiKey: ApiKey }) {
  const { t } = useTranslation();
  const { id, name, revokedAt, expiresAt } = apiKey;
  const revoke = useChange((keyId: string) =>
    api.DELETE('/v1/api-keys/{keyId}', { params: { path: { keyId } } }),
  );
  if (revokedAt !== null) return t('administration.revoked');
  if (new Date(expiresAt) <= new Date()) return <Text size="sm">{t('adminKeys.expired')}</Text>;
  return (
    <Group gap={6} wrap="nowrap">
      <RotateKey apiKey={apiKey} isDisabled={isSecretShown} onMade={onMade} />
      <ConfirmButton
        label={t('administration.revoke')}
        question={t('administration.confirmRevoke', { name })}
        onConfirmed={() => {
          revoke.mutate(id);
        }}
      />
    </Group>
  );
}
