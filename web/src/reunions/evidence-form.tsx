import { Alert, Button, FileButton, Group, Stack, Text, Title } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, ifMatch } from '../api/client.ts';
import { useChange } from '../common/use-change.ts';
import { ProblemAlert } from '../common/problem-alert.tsx';
import { type Assignment, assignByName, missingFrom, toEvidence } from './assignment.ts';
import { AssignmentTable } from './assignment-table.tsx';
import { readTypings } from './read-typings.ts';
import { RemarkForm } from './remark-form.tsx';
import type { Reunion, TypedAgain } from './reunion-detail.ts';

/** The laboratory's file of everybody who was sampled again, whose rows are theirs, and the service's word on it. */
export function EvidenceForm({ reunion: { id, version, people } }: { reunion: Reunion }) {
  const { t } = useTranslation();
  const [assignment, setAssignment] = useState<Assignment>({});
  /** Forgets the file that was read: the same one, corrected, can be chosen again. */
  const forget = useRef<() => void>(null);
  const reading = useMutation({
    mutationFn: (file: File) => readTypings(id, file),
    onSuccess: (typings) => {
      setAssignment(assignByName(people, typings.people));
    },
  });
  const give = useChange(
    (body: { people: TypedAgain[]; remark: string }) =>
      api.POST('/v1/reunions/{reunionId}/evidence', {
        params: { path: { reunionId: id }, header: ifMatch(version) },
        body,
      }),
    undefined,
    'beside',
  );
  const typed = reading.data?.people ?? [];
  const missing = missingFrom(people, assignment);
  return (
    <Stack gap="sm" className="no-print">
      <div>
        <Title order={3} size="h5">
          {t('reunions.evidence')}
        </Title>
        <Text size="sm" c="dimmed">
          {t('reunions.evidenceText')}
        </Text>
      </div>
      <Group>
        <FileButton
          resetRef={forget}
          onChange={(file) => {
            if (file) reading.mutate(file);
            forget.current?.();
          }}
        >
          {(props) => (
            <Button {...props} variant="default" loading={reading.isPending}>
              {t('reunions.chooseFile')}
            </Button>
          )}
        </FileButton>
      </Group>
      {reading.error && <ProblemAlert error={reading.error} />}
      {reading.data && (
        <>
          <Refused refused={reading.data.refused} />
          <AssignmentTable
            people={people}
            typed={typed}
            assignment={assignment}
            onAssigned={setAssignment}
          />
          <Text size="sm" role="status">
            {missing.length > 0
              ? t('reunions.stillMissing', { names: missing.join(', ') })
              : t('reunions.complete')}
          </Text>
          {give.error !== null && <ProblemAlert error={give.error} />}
          <RemarkForm
            label={t('reunions.remark')}
            button={t('reunions.give')}
            isPending={give.isPending}
            isDisabled={missing.length > 0}
            onSaid={(remark) => {
              give.mutate({ people: toEvidence(people, assignment, typed), remark });
            }}
          />
        </>
      )}
    </Stack>
  );
}

type RefusedProps = Pick<Awaited<ReturnType<typeof readTypings>>, 'refused'>;

/** Rows that nobody can be read from, with what is wrong in them. */
function Refused({ refused }: RefusedProps) {
  const { t } = useTranslation();
  if (refused.length === 0) return null;
  return (
    <Alert color="orange" title={t('reunions.refused', { count: refused.length })}>
      {refused.map(({ row, sampleId, faults }) => (
        <Text key={row} size="sm">
          {t('uploads.row')} {row}
          {sampleId !== null && ` (${sampleId})`}:{' '}
          {faults
            .map(({ field, message }) => (field === null ? message : `${field}: ${message}`))
            .join('; ')}
        </Text>
      ))}
    </Alert>
  );
}
