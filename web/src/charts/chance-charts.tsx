import { useTranslation } from 'react-i18next';
import { DataTable } from '../common/data-table.tsx';
import { formatDecade, formatSmall } from '../common/numbers.ts';
import { Section } from '../common/section.tsx';
import { chooseCounts, DATABASES, expectedByLoci, expectedByPairs } from './figures.ts';
import { Plot } from './plot.tsx';
import type { Power } from './use-power.ts';

/** Fewer than one in a million databases says all that it needs to. */
const FEWEST = 1e-6;

/** What chance brings with ever more loci, in databases of three sizes. */
export function ChanceByLoci({ power }: { power: Power }) {
  const { t } = useTranslation();
  const { steps } = power;
  const rows = steps.map(({ locus }, place) => ({ locus, place }));
  const databases = DATABASES.map((pairs) => ({
    title: t('charts.pairs', { pairs: formatDecade(pairs) }),
    values: expectedByLoci(power, pairs),
  }));
  return (
    <Section title={t('charts.chance')} text={t('charts.chanceText')}>
      <Plot
        label={t('charts.chanceLabel', { count: steps.length })}
        x={rows.map(({ place }) => place + 1)}
        xLabel={t('charts.count')}
        lines={databases.map(({ title, values }) => ({ label: title, values }))}
        logYFrom={FEWEST}
      />
      <DataTable
        label={t('charts.chance')}
        rows={rows}
        keyOf={({ locus }) => locus}
        columns={[
          { title: t('charts.count'), of: ({ place }) => place + 1, as: 'number' },
          { title: t('charts.locus'), of: ({ locus }) => locus },
          ...databases.map(({ title, values }) => ({
            title,
            of: ({ place }: { place: number }) => formatSmall(values[place] ?? 0),
            as: 'number' as const,
          })),
        ]}
      />
    </Section>
  );
}

/** What chance brings in ever larger databases, with some numbers of loci. */
export function ChanceBySize({ power }: { power: Power }) {
  const { t } = useTranslation();
  const { pairs, steps } = power;
  const rows = pairs.map((size, place) => ({ size, place }));
  const sets = chooseCounts(steps.length).map((count) => ({
    title: t('charts.lociCount', { count }),
    values: expectedByPairs(power, count),
  }));
  return (
    <Section title={t('charts.size')} text={t('charts.sizeText')}>
      <Plot
        label={t('charts.sizeLabel')}
        x={pairs}
        xLabel={t('charts.pairsAxis')}
        lines={sets.map(({ title, values }) => ({ label: title, values }))}
        logX
        logYFrom={FEWEST}
      />
      <DataTable
        label={t('charts.size')}
        rows={rows}
        keyOf={({ size }) => String(size)}
        columns={[
          { title: t('charts.pairsAxis'), of: ({ size }) => formatDecade(size), as: 'number' },
          ...sets.map(({ title, values }) => ({
            title,
            of: ({ place }: { place: number }) => formatSmall(values[place] ?? 0),
            as: 'number' as const,
          })),
        ]}
      />
    </Section>
  );
}
