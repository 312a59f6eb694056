import { Alert, List } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { type Health, type HealthSign, readSigns } from './health-signs.ts';

const LEVELS = { bad: '✕', watch: '△' } as const;

/** What somebody should look after, in words. */
export function HealthSigns({ health }: { health: Health }) {
  const { t } = useTranslation();
  const signs = readSigns(health);
  const isBad = signs.some(({ level }) => level === 'bad');
  if (signs.length === 0) {
    return (
      <Alert
        color="green"
        classNames={{ title: 'plain' }}
        role="status"
        title={`✓ ${t('adminHealth.allWell')}`}
      >
        {t('adminHealth.allWellText')}
      </Alert>
    );
  }
  return (
    <Alert
      color={isBad ? 'red' : 'orange'}
      classNames={{ title: 'plain' }}
      role="status"
      title={isBad ? `✕ ${t('adminHealth.bad')}` : `△ ${t('adminHealth.watch')}`}
    >
      <List size="sm" listStyleType="none">
        {signs.map((sign) => (
          <List.Item key={sign.what}>
            <Sign sign={sign} />
          </List.Item>
        ))}
      </List>
    </Alert>
  );
}

function Sign({ sign: { level, what, count } }: { sign: HealthSign }) {
  const { t, i18n } = useTranslation();
  const text = t(`adminHealth.sign.${what}`, {
    number: count?.toLocaleString(i18n.language) ?? '',
  });
  return `${LEVELS[level]} ${text}`;
}
