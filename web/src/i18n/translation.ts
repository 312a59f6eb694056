import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import en from './en.json';
import zh from './zh.json';

export const LANGUAGES = ['zh', 'en'] as const;
export type Language = (typeof LANGUAGES)[number];

const KEPT_AS = 'homeward.language';
/** Each language has every text of the other: this fails to compile where one is missing. */
const TEXTS: Record<Language, { translation: typeof en }> = {
  en: { translation: en },
  zh: { translation: zh },
};

function chosenLanguage(): Language {
  const kept = localStorage.getItem(KEPT_AS);
  if (kept === 'zh' || kept === 'en') return kept;
  return navigator.language.startsWith('zh') ? 'zh' : 'en';
}

export async function startTranslation(): Promise<void> {
  i18next.on('languageChanged', (language) => {
    document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en';
  });
  await i18next.use(initReactI18next).init({
    resources: TEXTS,
    lng: chosenLanguage(),
    fallbackLng: false,
    // React escapes what it shows.
    interpolation: { escapeValue: false },
  });
}

export async function switchLanguage(): Promise<void> {
  const language: Language = i18next.language === 'zh' ? 'en' : 'zh';
  localStorage.setItem(KEPT_AS, language);
  await i18next.changeLanguage(language);
}
