import { useTranslation } from 'react-i18next';

/** What a collection point meets; of anything else the words of the service stand. */
const CODES = [
  'CONSENT_CONFLICT',
  'CONSENT_WITHDRAWN',
  'CONSENT_AGE_CONTRADICTED',
  'CASE_UNKNOWN',
  'RELATIVE_EXISTS',
  'SAMPLE_CONFLICT',
  'SEX_CONTRADICTED',
  'QUOTA_EXCEEDED',
  'COLLECTION_POINT_SUSPENDED',
  'CHECK_CHARACTER_WRONG',
  'BARCODE_NOT_YOURS',
  'EVENT_NOT_YOURS',
  'SCANNED_TWICE',
  'ORDER_IMPOSSIBLE',
  'CHAIN_ENDED',
  'TIME_BACKWARD',
  'TIME_IN_FUTURE',
  'LOT_EXPIRED',
  'SAMPLE_MISMATCH',
  'SAMPLE_NOT_UPLOADED',
  'SAMPLE_WITHDRAWN',
  'REDRAW_NOT_WANTED',
  'NOT_DISPATCHED',
  'NOT_RECEIVED',
  'STRANGE_ANSWER',
] as const;

/** What is wrong, by the code of it, in the language of the page; `words` are the service's own. */
export function useFaultText(): (code: string, words: string) => string {
  const { t } = useTranslation();
  return (code, words) => {
    const known = CODES.find((one) => one === code);
    return known ? t(`offline.fault.${known}`, { words }) : words;
  };
}
