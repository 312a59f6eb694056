import { Badge, Group, Loader, Table, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { queries } from '../api/client.ts';
import type { paths } from '../api/schema.d.ts';
import { formatRatio } from '../common/numbers.ts';
import { ProblemAlert } from '../common/problem-alert.tsx';
import { ScrollBox } from '../common/scroll-box.tsx';
import { Section } from '../common/section.tsx';
import { Evaluation } from './evaluation.tsx';

export type Weighed =
  paths['/v1/candidates/{candidateId}/populations']['get']['responses'][200]['content']['application/json'];
type Population = Weighed['populations'][number];

/** The LR by every frequency table, and what it means in this database. */
export function Populations({ candidateId }: { candidateId: string }) {
  const { t } = useTranslation();
  const { data, error, refetch } = queries.useQuery(
    'get',
    '/v1/candidates/{candidateId}/populations',
    { params: { path: { candidateId } } },
  );
  return (
    <>
      <Section anchor="populations" title={t('populations.title')} text={t('populations.text')}>
        {error && <ProblemAlert error={error} onRetry={() => void refetch()} />}
        {!data && !error && <Loader size="sm" role="status" aria-label={t('app.loading')} />}
        {data && <PopulationTable weighed={data} />}
      </Section>
      {data && <Evaluation weighed={data} />}
    </>
  );
}

function PopulationTable({ weighed: { populations, tablesLeftOut } }: { weighed: Weighed }) {
  const { t } = useTranslation();
  const least = leastOf(populations);
  return (
    <>
      <ScrollBox label={t('populations.title')}>
        <Table miw={560}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t('populations.table')}</Table.Th>
              <Table.Th ta="right">{t('candidates.lr')}</Table.Th>
              <Table.Th ta="right">{t('candidate.log10')}</Table.Th>
              <Table.Th ta="right">{t('candidate.loci')}</Table.Th>
              <Table.Th ta="right">{t('candidates.inconsistent')}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {populations.map((population) => (
              <PopulationRow
                key={population.contentHash}
                population={population}
                isLeast={population === least}
              />
            ))}
          </Table.Tbody>
        </Table>
      </ScrollBox>
      <Text size="sm" mt="xs">
        {least && populations.length > 1
          ? t('populations.least', { name: least.name, lr: formatRatio(least.kind, least.log10Lr) })
          : t('populations.one')}
      </Text>
      {tablesLeftOut > 0 && (
        <Text size="sm">{t('populations.leftOut', { count: tablesLeftOut })}</Text>
      )}
    </>
  );
}

function PopulationRow({ population, isLeast }: { population: Population; isLeast: boolean }) {
  const { t } = useTranslation();
  const { name, isOfPolicy, kind, log10Lr, lociCompared, lociInconsistent, problem } = population;
  return (
    <Table.Tr>
      <Table.Th scope="row" fw={isLeast ? 700 : 500}>
        <Group gap="xs">
          {name}
          {isOfPolicy && <Mark>{t('populations.ofPolicy')}</Mark>}
          {isLeast && <Mark>{t('populations.smallest')}</Mark>}
        </Group>
      </Table.Th>
      {problem === null ? (
        <>
          <Table.Td ta="right" className="numbers" fw={isLeast ? 700 : 400}>
            {formatRatio(kind, log10Lr)}
          </Table.Td>
          <Table.Td ta="right" className="numbers">
            {log10Lr?.toFixed(3) ?? '—'}
          </Table.Td>
          <Table.Td ta="right" className="numbers">
            {lociCompared}
          </Table.Td>
          <Table.Td ta="right" className="numbers">
            {lociInconsistent}
          </Table.Td>
        </>
      ) : (
        <Table.Td colSpan={4}>
          {t('populations.problem')} {problem}
        </Table.Td>
      )}
    </Table.Tr>
  );
}

function Mark({ children }: { children: string }) {
  return (
    <Badge variant="outline" size="sm" tt="none" miw="max-content">
      {children}
    </Badge>
  );
}

/** They come the smallest first, and last those that cannot be computed. */
export function leastOf(populations: Weighed['populations']): Population | undefined {
  return populations.find(({ problem }) => problem === null);
}
