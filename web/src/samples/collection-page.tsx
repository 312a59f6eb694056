import { Alert, Button, Group, Stack, Text, Title } from '@mantine/core';
import { useLocalStorage } from '@mantine/hooks';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { type RefObject, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { localDay, useMoment } from '../common/dates.ts';
import { Section } from '../common/section.tsx';
import { canKeep } from '../offline/can-keep.ts';
import { newId } from '../offline/person-outbox.ts';
import { OutcomeAlert } from '../offline/outcome-alert.tsx';
import { RefusalAlert } from '../offline/refusal-alert.tsx';
import { useSubmit } from '../offline/use-submit.ts';
import { ConsentFields } from './consent-fields.tsx';
import { type Draft, newDraft } from './draft.ts';
import { findFaults } from './draft-faults.ts';
import { stepsOf } from './draft-steps.ts';
import { IdentityFields } from './identity-fields.tsx';
import { ProfileFields } from './profile-fields.tsx';
import { SampleSlip, type Slip } from './sample-slip.tsx';
import { TubeFields } from './tube-fields.tsx';
import { useDraft } from './use-draft.ts';
import { useOwnPoint } from './use-own-point.ts';

/** One person at a time: the tube, what was signed, and where the profile is at hand whose it is. */
export function CollectionPage() {
  const { t } = useTranslation();
  const { replaces = '', sample = '' } = useSearch({ from: '/collection' });
  useSlipAhead();
  return (
    <Stack maw={1000}>
      <div className="no-print">
        <Title order={1} size="h2">
          {t('collection.title')}
        </Title>
        <Text c="dimmed">
          {replaces === ''
            ? t('collection.text')
            : t('collection.redraw', { sample, tube: replaces })}
        </Text>
      </div>
      <Recording key={`${replaces} ${sample}`} replaces={replaces} sampleId={sample} />
    </Stack>
  );
}

/** What the receipt takes is there before it is wanted: the network may be gone by then. */
function useSlipAhead(): void {
  useOwnPoint();
  useEffect(() => {
    import('./symbol-paths.ts').catch(() => undefined);
  }, []);
}

/** What is the same for everybody of a day stays in this browser. */
function useHabits() {
  return useLocalStorage({
    key: 'homeward.collection',
    defaultValue: { version: '', scanner: 'console' },
    getInitialValueInEffect: false,
  });
}

function Recording({ replaces, sampleId }: { replaces: string; sampleId: string }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [habits, setHabits] = useHabits();
  const page = useRef<HTMLFormElement>(null);
  const submission = useSubmit();
  const begin = (): Draft =>
    newDraft({ ...habits, signedOn: localDay(new Date()), replaces, sampleId });
  const { form, faults, setFaults } = useDraft(begin);
  useFaultInView(page, faults);

  const { draft } = form;
  const record = (): void => {
    const drawnAt = draft.drawnAt || new Date().toISOString();
    const found = findFaults(draft, localDay(new Date()));
    setFaults(found);
    if (Object.keys(found).length > 0) return;
    form.set({ drawnAt });
    setHabits({ version: draft.version || habits.version, scanner: draft.scanner });
    submission.mutate({ title: draft.sampleId, steps: stepsOf({ ...draft, drawnAt }, newId()) });
  };
  const next = (): void => {
    submission.reset();
    form.set(newDraft({ version: draft.version, scanner: draft.scanner, signedOn: localDay(new Date()) })); // prettier-ignore
    if (replaces !== '') void navigate({ to: '/collection', search: {} });
  };

  const { data: result, error, isPending } = submission;
  if (result && result.state !== 'refused') {
    const caseId = result.state === 'sent' ? (result.receipts[0]?.rows[0]?.caseId ?? null) : null;
    return (
      <Recorded draft={draft} caseId={caseId} isSent={result.state === 'sent'} onNext={next} />
    );
  }
  return (
    <form
      ref={page}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        record();
      }}
    >
      <Stack>
        <TubeFields form={form} />
        {replaces === '' && (
          <>
            <ConsentFields form={form} />
            <ProfileFields form={form} />
            {draft.isTyped && (
              <Section title={t('collection.identity')} text={t('collection.identityText')}>
                <IdentityFields form={form} />
              </Section>
            )}
          </>
        )}
        {result?.state === 'refused' && <RefusalAlert entry={result.entry} />}
        {error !== null && (
          <Alert color="red" variant="light" role="alert">
            {t('offline.cannotKeep')}
          </Alert>
        )}
        <Group>
          <Button type="submit" loading={isPending}>
            {t('collection.record')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

/** Leads to the first field that is wrong. */
function useFaultInView(page: RefObject<HTMLFormElement | null>, faults: object): void {
  useEffect(() => {
    page.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [page, faults]);
}

type RecordedProps = {
  readonly draft: Draft;
  readonly caseId: string | null;
  readonly isSent: boolean;
  readonly onNext: () => void;
};

function Recorded({ draft, caseId, isSent, onNext }: RecordedProps) {
  const { t } = useTranslation();
  const slip = useSlip(draft, caseId);
  const queuedText = canKeep() ? 'collection.queuedText' : 'collection.heldText';
  return (
    <>
      <OutcomeAlert
        isSent={isSent}
        title={t(isSent ? 'collection.recorded' : 'collection.queued')}
        text={t(isSent ? 'collection.recordedText' : queuedText)}
      />
      <SampleSlip slip={slip} />
      <Group className="no-print">
        <Button onClick={onNext} autoFocus>
          {t('collection.next')}
        </Button>
        <Button
          variant="default"
          onClick={() => {
            print();
          }}
        >
          {t('uploads.print')}
        </Button>
      </Group>
    </>
  );
}

function useSlip(draft: Draft, caseId: string | null): Slip {
  const { t } = useTranslation();
  const moment = useMoment();
  const { sampleId, barcode, drawnAt, version, signer, signedOn, replaces } = draft;
  const signed = [
    [t('slip.consent'), t('slip.consentOf', { version, on: signedOn })],
    [t('slip.signer'), t(`collection.signers.${signer}`)],
  ] as const;
  const drawn = drawnAt === '' ? [] : [[t('slip.drawn'), moment(drawnAt)] as const];
  return { sampleId, barcode, caseId, facts: [...drawn, ...(replaces === '' ? signed : [])] };
}
