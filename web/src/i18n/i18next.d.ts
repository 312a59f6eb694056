import 'i18next';
import type en from './en.json';

declare module 'i18next' {
  /* eslint-disable-next-line @typescript-eslint/consistent-type-definitions -- only an interface can be extended */
  interface CustomTypeOptions {
    resources: { translation: typeof en };
  }
}
