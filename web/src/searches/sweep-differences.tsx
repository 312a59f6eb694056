import { Anchor, Button, Group, SegmentedControl, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { queries } from '../api/client.ts';
import { DataTable } from '../common/data-table.tsx';
import { formatLr } from '../common/numbers.ts';
import { ProblemAlert } from '../common/problem-alert.tsx';
import { writeDifferencesCsv } from './differences-csv.ts';
import { saveFile } from './save-file.ts';
import type { Sweep } from './sweep.ts';
import {
  DIFFERENCES,
  type Difference,
  fetchDifferences,
  type SweptPair,
  useDifferences,
} from './use-differences.ts';

/** Candidates before and after one sweep. */
export function SweepDifferences({ sweep }: { sweep: Sweep }) {
  const { t, i18n } = useTranslation();
  const [difference, setDifference] = useState<Difference>('appeared');
  const { data, error, hasNextPage, isFetchingNextPage, fetchNextPage } = useDifferences(sweep.id, difference); // prettier-ignore
  const countOf = (kind: Difference): string =>
    (sweep.differences?.[kind] ?? 0).toLocaleString(i18n.language);
  return (
    <>
      <Group mt="md" mb="xs" justify="space-between">
        <SegmentedControl
          aria-label={t('searches.differences')}
          value={difference}
          onChange={(value) => {
            setDifference(DIFFERENCES.find((one) => one === value) ?? difference);
          }}
          data={DIFFERENCES.map((value) => ({
            value,
            label: `${t(`searches.${value}`)} (${countOf(value)})`,
          }))}
        />
        <CsvButton sweepId={sweep.id} difference={difference} />
      </Group>
      <Between sweep={sweep} />
      {error && <ProblemAlert error={error} />}
      {data && <DifferenceTable pairs={data.pages.flatMap(({ differences }) => differences)} />}
      {hasNextPage && (
        <Button
          size="xs"
          variant="default"
          mt="xs"
          loading={isFetchingNextPage}
          onClick={() => void fetchNextPage()}
        >
          {t('searchDetails.more')}
        </Button>
      )}
    </>
  );
}

/** Under which policies the candidates stood before, and stand now. */
function Between({ sweep: { policyId, previousPolicyId } }: { sweep: Sweep }) {
  const { t } = useTranslation();
  const { data } = queries.useQuery('get', '/v1/policies');
  const nameOf = (wanted: string | null): string =>
    data?.policies.find(({ id }) => id === wanted)?.name ?? '—';
  if (policyId === previousPolicyId) return null;
  return (
    <Text size="sm" mb="xs">
      {t('searchDetails.between', { before: nameOf(previousPolicyId), now: nameOf(policyId) })}
    </Text>
  );
}

function CsvButton({ sweepId, difference }: { sweepId: string; difference: Difference }) {
  const { t } = useTranslation();
  const [isBusy, setBusy] = useState(false);
  const [failure, setFailure] = useState<unknown>(null);
  const download = async (): Promise<void> => {
    setBusy(true);
    setFailure(null);
    try {
      const pairs = await fetchDifferences(sweepId, difference);
      saveFile(`sweep-${sweepId}-${difference}.csv`, writeDifferencesCsv(difference, pairs));
    } catch (error) {
      setFailure(error);
    } finally {
      setBusy(false);
    }
  };
  return (
    <>
      <Button size="xs" variant="default" loading={isBusy} onClick={() => void download()}>
        {t('searchDetails.csv')}
      </Button>
      {failure !== null && <ProblemAlert error={failure} />}
    </>
  );
}

function DifferenceTable({ pairs }: { pairs: readonly SweptPair[] }) {
  const { t } = useTranslation();
  if (pairs.length === 0) return <Text size="sm">{t('searches.noDifferences')}</Text>;
  const lrOf = (outcome: SweptPair['before']): string =>
    outcome ? formatLr(outcome.log10Lr) : '—';
  const relationshipOf = (outcome: SweptPair['before']): string =>
    outcome ? t(`relationship.${outcome.relationship}`) : '—';
  return (
    <DataTable
      label={t('searches.differences')}
      rows={pairs}
      keyOf={({ candidateId }) => candidateId}
      columns={[
        { title: t('candidates.person'), of: (pair) => <PairLink pair={pair} />, as: 'code' },
        { title: t('candidates.family'), of: ({ family }) => family, as: 'code' },
        {
          title: t('searchDetails.relationshipBefore'),
          of: ({ before }) => relationshipOf(before),
        },
        { title: t('searchDetails.lrBefore'), of: ({ before }) => lrOf(before), as: 'number' },
        { title: t('searchDetails.relationshipNow'), of: ({ after }) => relationshipOf(after) },
        { title: t('searchDetails.lrNow'), of: ({ after }) => lrOf(after), as: 'number' },
      ]}
    />
  );
}

function PairLink({ pair: { candidateId, unknown } }: { pair: SweptPair }) {
  return (
    <Anchor
      size="sm"
      renderRoot={(props) => (
        <Link to="/candidates/$candidateId" params={{ candidateId }} {...props} />
      )}
    >
      {unknown}
    </Anchor>
  );
}
