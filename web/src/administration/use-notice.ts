import { notifications } from '@mantine/notifications';
import { useTranslation } from 'react-i18next';

/** Says in the corner that something was done. */
export function useNotice(): (message: string) => void {
  const { t } = useTranslation();
  return (message) => {
    notifications.show({ message, closeButtonProps: { 'aria-label': t('app.close') } });
  };
}
