import { Anchor, Group, Stack, Title } from '@mantine/core';
import { Link, useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { ReunionSheet } from './reunion-sheet.tsx';
import { useReunion } from './reunion-detail.ts';

/** One reunion by itself, which stays when its candidate has gone. */
export function ReunionPage() {
  const { t } = useTranslation();
  const { reunionId } = useParams({ from: '/reunions/$reunionId' });
  const { data } = useReunion(reunionId);
  const candidateId = data?.candidateId;
  return (
    <Stack maw={1000} mx="auto">
      <Group gap="md" className="no-print">
        <Anchor size="sm" renderRoot={(props) => <Link to="/reunions" {...props} />}>
          ← {t('reunions.title')}
        </Anchor>
        {candidateId && (
          <Anchor
            size="sm"
            renderRoot={(props) => (
              <Link to="/candidates/$candidateId" params={{ candidateId }} {...props} />
            )}
          >
            {t('reunions.toCandidate')}
          </Anchor>
        )}
      </Group>
      <Title order={1} size="h2">
        {data
          ? t('candidate.title', { person: data.unknownCaseNumber, family: data.familyCaseNumber })
          : t('reunions.one')}
      </Title>
      <ReunionSheet reunionId={reunionId} />
    </Stack>
  );
}
