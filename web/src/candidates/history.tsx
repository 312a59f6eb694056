import { Button, Group, Text, Textarea, Timeline } from '@mantine/core';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../api/client.ts';
import { useMoment } from '../common/dates.ts';
import { formText } from '../common/form-text.ts';
import { formatLr } from '../common/numbers.ts';
import { Section } from '../common/section.tsx';
import { type Candidate, useAnalystNames } from './candidate-detail.ts';
import { useChange } from '../common/use-change.ts';

type Entry = { readonly at: string; readonly title: string; readonly text: string };

/** What was said of the candidate, in the order of time; and a place to say something aside. */
export function History({ candidate }: { candidate: Candidate }) {
  const { t } = useTranslation();
  const moment = useMoment();
  const entries = useEntries(candidate);
  return (
    <Section anchor="history" title={t('history.title')}>
      {entries.length === 0 ? (
        <Text size="sm">{t('history.empty')}</Text>
      ) : (
        <Timeline bulletSize={14} lineWidth={2} active={entries.length}>
          {entries.map(({ at, title, text }) => (
            <Timeline.Item key={`${at} ${title}`} title={title}>
              <Text size="sm" style={{ whiteSpace: 'pre-wrap' }}>
                {text}
              </Text>
              <Text size="xs" c="dimmed">
                {moment(at)}
              </Text>
            </Timeline.Item>
          ))}
        </Timeline>
      )}
      <CommentForm candidate={candidate} />
    </Section>
  );
}

function useEntries({ decisions, notes }: Candidate): Entry[] {
  const { t } = useTranslation();
  const nameOf = useAnalystNames();
  const decided = decisions.map(
    ({ decidedAt, decidedBy, verdict, reason, cause, round, log10Lr }) => ({
      at: decidedAt,
      title: t('history.decided', {
        who: nameOf(decidedBy),
        verdict: t(`verdict.${verdict}`),
        lr: formatLr(log10Lr),
        round,
      }),
      text: cause === null ? reason : `${t(`verdictCause.${cause}`)}: ${reason}`,
    }),
  );
  const noted = notes.map(({ writtenAt, writtenBy, kind, text, round }) => ({
    at: writtenAt,
    title: t(kind === 'comment' ? 'history.commented' : 'history.reopened', {
      who: nameOf(writtenBy),
      round,
    }),
    text,
  }));
  return [...decided, ...noted].sort((a, b) => a.at.localeCompare(b.at));
}

function CommentForm({ candidate: { id } }: { candidate: Candidate }) {
  const { t } = useTranslation();
  const form = useRef<HTMLFormElement>(null);
  const write = useChange(
    (text: string) =>
      api.POST('/v1/candidates/{candidateId}/comments', {
        params: { path: { candidateId: id } },
        body: { text },
      }),
    () => form.current?.reset(),
  );
  return (
    <form
      ref={form}
      className="no-print"
      onSubmit={(event) => {
        event.preventDefault();
        write.mutate(formText(event.currentTarget, 'text'));
      }}
    >
      <Group align="flex-end" gap="sm" mt="md">
        <Textarea
          name="text"
          label={t('history.comment')}
          required
          maxLength={4000}
          autosize
          style={{ flex: 1 }}
        />
        <Button type="submit" variant="default" loading={write.isPending}>
          {t('history.write')}
        </Button>
      </Group>
    </form>
  );
}
