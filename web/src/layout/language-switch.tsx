import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { switchLanguage } from '../i18n/translation.ts';

/** Says the name of the other language, in that language. */
export function LanguageSwitch() {
  const { t, i18n } = useTranslation();
  return (
    <Button
      variant="default"
      size="xs"
      lang={i18n.language === 'zh' ? 'en' : 'zh-CN'}
      title={t('app.languageLabel')}
      onClick={() => void switchLanguage()}
    >
      {t('app.language')}
    </Button>
  );
}
