import { Button, Group, Modal, NumberInput, Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useTranslation } from 'react-i18next';
import { api } from '../api/client.ts';
import { formText } from '../common/form-text.ts';
import { ProblemAlert } from '../common/problem-alert.tsx';
import { ExpiryInput, type MadeKey, PublicKeyInput } from './key-form.tsx';
import { useFormChange } from './use-form-change.ts';

const USUAL_HOURS = 24;
const MOST_HOURS = 168;

type Rotation = {
  readonly expiresInDays: number;
  readonly overlapHours: number;
  readonly publicKey?: string;
};

type RotateProps = {
  readonly apiKey: { readonly id: string; readonly name: string; readonly signs: boolean };
  /** While a secret is shown: another would take its place. */
  readonly isDisabled: boolean;
  readonly onMade: (made: MadeKey) => void;
};

/** Gives a key another secret; the old one is good for some hours more. */
export function RotateKey({ apiKey: { id, name, signs }, isDisabled, onMade }: RotateProps) {
  const { t } = useTranslation();
  const [isOpen, dialog] = useDisclosure();
  const { submit, isPending, fault, error } = useFormChange({
    send: (body: Rotation) =>
      api.POST('/v1/api-keys/{keyId}/rotation', { params: { path: { keyId: id } }, body }),
    fields: ['expiresInDays', 'overlapHours', 'publicKey'],
    isSecret: true,
    done: (made: MadeKey) => {
      dialog.close();
      onMade(made);
    },
  });
  return (
    <>
      <Button
        size="compact-xs"
        variant="default"
        onClick={dialog.open}
        disabled={isDisabled}
        aria-label={t('adminKeys.rotateOf', { name })}
      >
        {t('adminKeys.rotate')}
      </Button>
      <Modal
        opened={isOpen}
        onClose={dialog.close}
        title={t('adminKeys.rotateOf', { name })}
        closeButtonProps={{ 'aria-label': t('app.close') }}
      >
        <form
          onSubmit={(event) => {
            event.preventDefault();
            const form = event.currentTarget;
            submit({
              expiresInDays: Number(formText(form, 'expiresInDays')),
              overlapHours: Number(formText(form, 'overlapHours')),
              ...(signs && { publicKey: formText(form, 'publicKey') }),
            });
          }}
        >
          <Stack gap="sm">
            <Text size="sm">{t('adminKeys.rotateHelp')}</Text>
            <NumberInput
              name="overlapHours"
              label={t('adminKeys.overlap')}
              defaultValue={USUAL_HOURS}
              min={0}
              max={MOST_HOURS}
              allowDecimal={false}
              error={fault('overlapHours')}
              required
            />
            <ExpiryInput error={fault('expiresInDays')} />
            {signs && <PublicKeyInput error={fault('publicKey')} />}
            {error !== null && <ProblemAlert error={error} />}
            <Group justify="flex-end">
              <Button variant="default" onClick={dialog.close}>
                {t('app.cancel')}
              </Button>
              <Button type="submit" loading={isPending}>
                {t('adminKeys.rotate')}
              </Button>
            </Group>
          </Stack>
        </form>
      </Modal>
    </>
  );
}
