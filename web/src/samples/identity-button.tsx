import { Button, Group, Modal, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useTranslation } from 'react-i18next';
import { RefusalAlert } from '../offline/refusal-alert.tsx';
import { useSubmit } from '../offline/use-submit.ts';
import { newDraft } from './draft.ts';
import { identityFaults } from './draft-faults.ts';
import { identityOf } from './draft-steps.ts';
import { IdentityFields } from './identity-fields.tsx';
import { useDraft } from './use-draft.ts';

/** Says who gave a sample whose profile is there. */
export function IdentityButton({ sampleId }: { sampleId: string }) {
  const { t } = useTranslation();
  const [isOpen, dialog] = useDisclosure();
  return (
    <>
      <Button
        size="compact-xs"
        variant="default"
        aria-label={t('samples.addIdentityOf', { sample: sampleId })}
        onClick={dialog.open}
      >
        {t('samples.addIdentity')}
      </Button>
      <Modal
        opened={isOpen}
        onClose={dialog.close}
        title={t('samples.addIdentityOf', { sample: sampleId })}
        closeButtonProps={{ 'aria-label': t('app.close') }}
        size="lg"
      >
        <IdentityForm sampleId={sampleId} onDone={dialog.close} />
      </Modal>
    </>
  );
}

function IdentityForm({ sampleId, onDone }: { sampleId: string; onDone: () => void }) {
  const { t } = useTranslation();
  const { form, setFaults } = useDraft(() => newDraft({ version: '', scanner: '', signedOn: '' }));
  const submission = useSubmit();
  const { data: result } = submission;
  const record = (): void => {
    const { name } = form.draft;
    const found = Object.entries(identityFaults(form.draft)).filter(([, fault]) => fault !== null);
    if (name === '') found.push(['name', 'missing']);
    setFaults(Object.fromEntries(found));
    if (found.length > 0) return;
    const step = { kind: 'identity', sampleId, identity: identityOf(form.draft) } as const;
    submission.mutate(
      { title: sampleId, steps: [step] },
      {
        onSuccess: ({ state }) => {
          if (state !== 'refused') onDone();
        },
      },
    );
  };
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        record();
      }}
    >
      <Text size="sm" mb="sm">
        {t('collection.identityText')}
      </Text>
      <IdentityFields form={form} />
      {result?.state === 'refused' && <RefusalAlert entry={result.entry} />}
      <Group justify="flex-end" mt="md">
        <Button type="submit" loading={submission.isPending}>
          {t('collection.record')}
        </Button>
      </Group>
    </form>
  );
}
