import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, queries } from '../api/client.ts';
import { useChange } from '../common/use-change.ts';
import { ConfirmButton } from '../common/confirm-button.tsx';
import { DataTable } from '../common/data-table.tsx';
import { ProblemAlert } from '../common/problem-alert.tsx';
import { Section } from '../common/section.tsx';
import { Page } from './page.tsx';
import { SecretOnce } from './secret-once.tsx';
import { WebhookForm } from './webhook-form.tsx';

/** Where police units hear of changes of their cases. */
export function WebhooksPage() {
  const { t } = useTranslation();
  const [secret, setSecret] = useState<string | null>(null);
  return (
    <Page title={t('adminWebhooks.title')} text={t('adminWebhooks.text')}>
      {secret !== null && (
        <SecretOnce
          title={t('adminWebhooks.secret')}
          secret={secret}
          onPutAway={() => {
            setSecret(null);
          }}
        />
      )}
      <Webhooks />
      <WebhookForm isDisabled={secret !== null} onSecret={setSecret} />
    </Page>
  );
}

function Webhooks() {
  const { t, i18n } = useTranslation();
  const { data, error, refetch } = queries.useQuery('get', '/v1/webhooks');
  const disable = useChange((webhookId: string) =>
    api.DELETE('/v1/webhooks/{webhookId}', { params: { path: { webhookId } } }),
  );
  return (
    <Section title={t('adminWebhooks.list')}>
      {error && <ProblemAlert error={error} onRetry={() => void refetch()} />}
      {data && (
        <DataTable
          label={t('adminWebhooks.list')}
          minWidth={860}
          rows={data.webhooks}
          keyOf={({ id }) => id}
          columns={[
            { title: t('adminRules.jurisdictionLabel'), of: ({ jurisdiction }) => jurisdiction, as: 'code' }, // prettier-ignore
            { title: t('adminWebhooks.url'), of: ({ url }) => url, as: 'code' },
            ...(['waiting', 'delivered', 'abandoned'] as const).map((name) => ({
              title: t(`adminWebhooks.${name}`),
              of: (webhook: (typeof data.webhooks)[number]) =>
                webhook[name].toLocaleString(i18n.language),
              as: 'number' as const,
            })),
            { title: t('adminWebhooks.lastFailure'), of: ({ lastFailure }) => lastFailure ?? '—' },
            {
              title: t('adminRules.actions'),
              of: ({ id, url }) => (
                <ConfirmButton
                  label={t('administration.disable')}
                  question={t('adminWebhooks.confirmDisable', { url })}
                  onConfirmed={() => {
                    disable.mutate(id);
                  }}
                />
              ),
            },
          ]}
        />
      )}
    </Section>
  );
}
