import { useTranslation } from 'react-i18next';

const FORM: Intl.DateTimeFormatOptions = { dateStyle: 'medium', timeStyle: 'short' };

/** A moment as people of this browser read it. */
export function useMoment(): (moment: string) => string {
  const { i18n } = useTranslation();
  const format = new Intl.DateTimeFormat(i18n.language === 'zh' ? 'zh-CN' : 'en-GB', FORM);
  return (moment) => format.format(new Date(moment));
}
