import {
  Alert,
  Anchor,
  Button,
  Center,
  Group,
  Loader,
  Paper,
  SimpleGrid,
  Stack,
  Text,
  Title,
} from '@mantine/core';
import { useHotkeys } from '@mantine/hooks';
import { Link, useNavigate, useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { formatLr, formatProbability, formatSmall } from '../common/numbers.ts';
import { ProblemAlert } from '../common/problem-alert.tsx';
import { Section } from '../common/section.tsx';
import { ReunionPanel } from '../reunions/reunion-panel.tsx';
import { PageLinks } from './page-links.tsx';
import { type Candidate, useCandidate } from './candidate-detail.ts';
import { Circumstances } from './circumstances.tsx';
import { CumulativePlot } from './cumulative-plot.tsx';
import { History } from './history.tsx';
import { LocusTable } from './locus-table.tsx';
import { NextSteps } from './next-steps.tsx';
import { PedigreeDrawing } from './pedigree-drawing.tsx';
import { Populations } from './populations.tsx';
import { Provenance } from './provenance.tsx';
import { ReviewPanel } from './review-panel.tsx';
import { RivalsTable } from './rivals-table.tsx';
import { StateBadge } from './state-badge.tsx';

/** Everything of one candidate on one page. */
export function CandidatePage() {
  const { t } = useTranslation();
  const { candidateId } = useParams({ from: '/candidates/$candidateId' });
  const navigate = useNavigate();
  const { data: candidate, error, refetch } = useCandidate(candidateId);
  useHotkeys([['b', () => void navigate({ to: '/candidates' })]]);
  return (
    <Stack gap="md" maw={1180} mx="auto">
      <Anchor component={Link} to="/candidates" size="sm" className="no-print">
        ← {t('candidate.back')}
      </Anchor>
      {error && <ProblemAlert error={error} onRetry={() => void refetch()} />}
      {candidate ? (
        <CandidateSheets candidate={candidate} />
      ) : (
        !error && (
          <Center mih={240}>
            <Loader aria-label={t('app.loading')} />
          </Center>
        )
      )}
    </Stack>
  );
}

function CandidateSheets({ candidate }: { candidate: Candidate }) {
  const { t } = useTranslation();
  const threshold = readThreshold(candidate.provenance.policy);
  return (
    <>
      <Heading candidate={candidate} />
      <Figures candidate={candidate} />
      <PageLinks />
      <Section title={t('pedigree.title')}>
        <PedigreeDrawing candidate={candidate} />
        <Hypotheses candidate={candidate} />
      </Section>
      <Circumstances candidate={candidate} />
      <LocusTable candidate={candidate} />
      {threshold !== null && <CumulativePlot candidate={candidate} threshold={threshold} />}
      <Populations candidateId={candidate.id} />
      <RivalsTable candidate={candidate} />
      <NextSteps candidateId={candidate.id} />
      <ReviewPanel candidate={candidate} />
      <ReunionPanel candidate={candidate} />
      <History candidate={candidate} />
      <Provenance candidate={candidate} />
    </>
  );
}

function Heading({ candidate }: { candidate: Candidate }) {
  const { t } = useTranslation();
  const { id, unknown, family, state, round, revision, before } = candidate;
  return (
    <>
      <Group justify="space-between" align="flex-start">
        <div>
          <Group gap="sm">
            <Title order={1} size="h2">
              {t('candidate.title', { person: unknown, family })}
            </Title>
            <StateBadge state={state} />
          </Group>
          <Text size="sm" c="dimmed">
            {t(`relationship.${candidate.relationship}`)} ·{' '}
            {t('candidate.round', { round, revision })}
          </Text>
        </div>
        <Group gap="xs" className="no-print">
          <Button
            component="a"
            href={`/v1/candidates/${id}/report?language=zh`}
            variant="default"
            size="xs"
          >
            {t('candidate.reportZh')}
          </Button>
          <Button
            component="a"
            href={`/v1/candidates/${id}/report?language=en`}
            variant="default"
            size="xs"
          >
            {t('candidate.reportEn')}
          </Button>
          <Button
            variant="default"
            size="xs"
            onClick={() => {
              print();
            }}
          >
            {t('candidate.print')}
          </Button>
        </Group>
      </Group>
      <Text size="sm" fw={600}>
        {t('candidate.notice')}
      </Text>
      {candidate.lapsedAt !== null && <Alert color="orange">{t('candidate.lapsed')}</Alert>}
      {candidate.openFindings.length > 0 && (
        <Alert color="orange">
          {t('candidate.openFindings')}{' '}
          <Anchor size="sm" renderRoot={(props) => <Link to="/findings" {...props} />}>
            {t('candidate.toFindings')}
          </Anchor>
        </Alert>
      )}
      {candidate.wholeFails && <Alert color="orange">{t('candidate.wholeFails')}</Alert>}
      {before && (
        <Alert color="blue">
          {t('candidate.before', {
            round: before.round,
            verdict: t(`state.${before.state}`),
            lr: formatLr(before.log10Lr),
          })}
        </Alert>
      )}
    </>
  );
}

function Figures({ candidate }: { candidate: Candidate }) {
  const { t } = useTranslation();
  const { log10Lr, posterior, expectedChanceCandidates, lociCompared, lociInconsistent } =
    candidate;
  const figures = [
    {
      name: t('candidate.lr'),
      value: formatLr(log10Lr),
      more: `${t('candidate.log10')} ${log10Lr.toFixed(3)}`,
    },
    {
      name: t('candidate.posterior'),
      value: formatProbability(posterior),
      more: t('candidate.posteriorOf'),
    },
    {
      name: t('candidate.chance'),
      value: formatSmall(expectedChanceCandidates),
      more: t('candidate.chanceOf'),
    },
    {
      name: t('candidate.loci'),
      value: String(lociCompared),
      more: t('candidate.inconsistentCount', { count: lociInconsistent }),
    },
  ];
  return (
    <SimpleGrid cols={{ base: 2, md: 4 }} spacing="sm" className="figures">
      {figures.map(({ name, value, more }) => (
        <Paper key={name} withBorder p="sm" radius="md">
          <Text size="sm" c="dimmed">
            {name}
          </Text>
          <Text fw={700} fz={{ base: 'md', sm: 'xl' }}>
            {value}
          </Text>
          <Text size="xs" c="dimmed">
            {more}
          </Text>
        </Paper>
      ))}
    </SimpleGrid>
  );
}

/** What the LR weighs, in words. */
function Hypotheses({
  candidate: { relationship, unknown, family, relatives },
}: {
  candidate: Candidate;
}) {
  const { t } = useTranslation();
  const [first = '', second = ''] = relatives;
  const names = { person: unknown, family, first, second, all: [...relatives, unknown].join(', ') };
  return (
    <>
      <Text size="sm" mt="sm">
        <b>{t('candidate.h1')}</b> {t(`h1.${relationship}`, names)}
      </Text>
      <Text size="sm">
        <b>{t('candidate.h2')}</b> {t('h2', names)}
      </Text>
    </>
  );
}

/** The policy stands in the provenance as it was written; a threshold is in each. */
function readThreshold(policy: unknown): number | null {
  const isPolicy = typeof policy === 'object' && policy !== null && 'threshold' in policy;
  return isPolicy && typeof policy.threshold === 'number' ? policy.threshold : null;
}
