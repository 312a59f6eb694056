import { Button, Group, Modal, Stack, Text, Textarea } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useTranslation } from 'react-i18next';
import { api } from '../api/client.ts';
import { formText } from '../common/form-text.ts';
import { ProblemAlert } from '../common/problem-alert.tsx';
import type { CollectionPoint } from './collection-points.tsx';
import { useFormChange } from './use-form-change.ts';

/** Suspends a collection point, or opens it again, with a reason. */
export function PointState({ point: { id, code, state } }: { point: CollectionPoint }) {
  const { t } = useTranslation();
  const [isOpen, dialog] = useDisclosure();
  const wanted = state === 'active' ? 'suspended' : 'active';
  const label = t(`adminPoints.to.${wanted}`);
  const { submit, isPending, fault, error } = useFormChange({
    send: (reason: string) =>
      api.PUT('/v1/collection-points/{pointId}/state', {
        params: { path: { pointId: id } },
        body: { state: wanted, reason },
      }),
    fields: ['reason'],
    done: dialog.close,
  });
  return (
    <>
      <Button
        size="compact-xs"
        variant="default"
        onClick={dialog.open}
        aria-label={`${label}: ${code}`}
      >
        {label}
      </Button>
      <Modal
        opened={isOpen}
        onClose={dialog.close}
        title={`${label}: ${code}`}
        closeButtonProps={{ 'aria-label': t('app.close') }}
      >
        <form
          onSubmit={(event) => {
            event.preventDefault();
            submit(formText(event.currentTarget, 'reason'));
          }}
        >
          <Stack gap="sm">
            {wanted === 'suspended' && <Text size="sm">{t('adminPoints.suspendHelp')}</Text>}
            <Textarea
              name="reason"
              label={t('adminPoints.reason')}
              description={t('adminRules.reason')}
              error={fault('reason')}
              required
              maxLength={500}
              autosize
              minRows={2}
            />
            {error !== null && <ProblemAlert error={error} />}
            <Group justify="flex-end">
              <Button variant="default" onClick={dialog.close}>
                {t('app.cancel')}
              </Button>
              <Button type="submit" loading={isPending}>
                {label}
              </Button>
            </Group>
          </Stack>
        </form>
      </Modal>
    </>
  );
}
