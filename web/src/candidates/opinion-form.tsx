import { Button, Group, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Opinion, OpinionFields, readOpinion } from './opinion-fields.tsx';

type OpinionFormProps = {
  /** As it was written before, where somebody went back to it. */
  readonly written: Opinion | null;
  readonly onCancel: () => void;
  readonly onWritten: (opinion: Opinion) => void;
};

/** What is to be signed; nothing is signed by it yet. */
export function OpinionForm({ written, onCancel, onWritten }: OpinionFormProps) {
  const { t } = useTranslation();
  const [verdict, setVerdict] = useState(written?.verdict ?? null);
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        const opinion = readOpinion(event.currentTarget, verdict);
        if (opinion) onWritten(opinion);
      }}
    >
      <Stack>
        <Text size="sm">{t('candidateList.signText')}</Text>
        <OpinionFields verdict={verdict} onVerdict={setVerdict} written={written} />
        <Group justify="flex-end">
          <Button variant="default" onClick={onCancel}>
            {t('app.cancel')}
          </Button>
          <Button type="submit" disabled={verdict === null}>
            {t('candidateList.next')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
