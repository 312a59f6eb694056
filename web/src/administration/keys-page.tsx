import { Alert } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiKeys } from './api-keys.tsx';
import { KeyForm, type MadeKey } from './key-form.tsx';
import { Page } from './page.tsx';
import { SecretOnce } from './secret-once.tsx';

/** The keys of machines: making, rotating and revoking. */
export function KeysPage() {
  const { t } = useTranslation();
  const [made, setMade] = useState<MadeKey | null>(null);
  const isSecretShown = typeof made?.key === 'string';
  return (
    <Page title={t('administration.keys')} text={t('adminKeys.text')}>
      {made && (
        <Made
          made={made}
          onPutAway={() => {
            setMade(null);
          }}
        />
      )}
      <ApiKeys isSecretShown={isSecretShown} onMade={setMade} />
      <KeyForm isDisabled={isSecretShown} onMade={setMade} />
    </Page>
  );
}

function Made({ made: { id, key }, onPutAway }: { made: MadeKey; onPutAway: () => void }) {
  const { t } = useTranslation();
  const title = t('adminKeys.made', { id });
  if (key !== null) return <SecretOnce title={title} secret={key} onPutAway={onPutAway} />;
  return (
    <Alert
      withCloseButton
      closeButtonLabel={t('app.close')}
      onClose={onPutAway}
      role="status"
      title={title}
    >
      {t('adminKeys.madeSigning')}
    </Alert>
  );
}
