import { useTranslation } from 'react-i18next';
import { DataTable } from '../common/data-table.tsx';
import { Section } from '../common/section.tsx';
import { formatProbability } from '../common/numbers.ts';
import { formatEstimate } from './figures.ts';
import { Plot } from './plot.tsx';
import type { Power } from './use-power.ts';

/** How many true pairs reach the threshold, locus by locus. */
export function RecallChart({ power: { steps } }: { power: Power }) {
  const { t } = useTranslation();
  const rows = steps.map((step, place) => ({ ...step, count: place + 1 }));
  const last = steps.at(-1);
  return (
    <Section title={t('charts.recall')} text={t('charts.recallText')}>
      <Plot
        label={t('charts.recallLabel', {
          count: steps.length,
          recall: last ? formatProbability(last.recall.value) : '—',
        })}
        x={rows.map(({ count }) => count)}
        xLabel={t('charts.count')}
        lines={[{ label: t('charts.true'), values: steps.map(({ recall }) => recall.value) }]}
      />
      <DataTable
        label={t('charts.recall')}
        rows={rows}
        keyOf={({ locus }) => locus}
        columns={[
          { title: t('charts.count'), of: ({ count }) => count, as: 'number' },
          { title: t('charts.locus'), of: ({ locus }) => locus },
          {
            title: t('charts.true'),
            of: ({ recall }) => formatEstimate(recall, formatProbability),
            as: 'number',
          },
          {
            title: t('charts.perPair'),
            of: ({ chance }) => formatEstimate(chance, formatProbability),
            as: 'number',
          },
        ]}
      />
    </Section>
  );
}
