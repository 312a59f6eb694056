import { NativeSelect, NumberInput, SimpleGrid } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { queries } from '../api/client.ts';
import { readNumber, useWritten } from '../common/written-number.ts';
import type { Power, PowerQuery, PowerRelationship } from './use-power.ts';

const RELATIONSHIPS = [
  'parent-child',
  'both-parents',
  'full-siblings',
  'paternal-half-siblings',
  'maternal-half-siblings',
  'grandparent',
  'avuncular',
  'first-cousins',
  'identical',
] as const satisfies readonly PowerRelationship[];

const LARGEST_LR = 1e30;

type FormProps = {
  readonly query: PowerQuery;
  readonly power: Power | undefined;
  readonly onChange: (query: PowerQuery) => void;
};

/** Of whom, at which loci, and what counts as reached. */
export function PowerForm({ query, power, onChange }: FormProps) {
  const { t, i18n } = useTranslation();
  const { data } = queries.useQuery('get', '/v1/kits');
  const { relationship, kit = '', loci, threshold } = query;
  const [shownLoci, setLoci] = useWritten(loci ?? null);
  const [shownThreshold, setThreshold] = useWritten(threshold ?? null);
  const change = (part: { [Key in keyof PowerQuery]?: PowerQuery[Key] | undefined }): void => {
    const changed = Object.entries({ ...query, ...part }).filter(
      ([, value]) => value !== undefined,
    );
    onChange({ relationship, ...Object.fromEntries(changed) });
  };
  return (
    <SimpleGrid cols={{ base: 1, sm: 2, lg: 4 }} className="print-columns">
      <NativeSelect
        label={t('charts.relationship')}
        data={RELATIONSHIPS.map((value) => ({ value, label: t(`calculator.asked.${value}`) }))}
        value={relationship}
        onChange={({ currentTarget: { value } }) => {
          change({ relationship: RELATIONSHIPS.find((one) => one === value) ?? relationship });
        }}
      />
      <NativeSelect
        label={t('charts.loci')}
        data={[
          { value: '', label: t('charts.ofTable') },
          ...(data?.kits ?? []).map(({ name, maker }) => ({
            value: name,
            label: `${name} (${maker})`,
          })),
        ]}
        value={kit}
        onChange={({ currentTarget: { value } }) => {
          change({ kit: value === '' ? undefined : value });
        }}
      />
      <NumberInput
        label={t('charts.first')}
        description={t('charts.firstHelp')}
        inputWrapperOrder={['label', 'input', 'description']}
        value={shownLoci}
        min={1}
        max={200}
        allowDecimal={false}
        onChange={(written) => {
          setLoci(written);
          change({ loci: readNumber(written) ?? undefined });
        }}
      />
      <NumberInput
        label={t('charts.threshold')}
        description={
          power && threshold === undefined
            ? t('charts.thresholdHelp', {
                threshold: power.threshold.toLocaleString(i18n.language),
              })
            : undefined
        }
        inputWrapperOrder={['label', 'input', 'description']}
        value={shownThreshold}
        min={1}
        max={LARGEST_LR}
        thousandSeparator={i18n.language === 'zh' ? ',' : ' '}
        hideControls
        onChange={(written) => {
          setThreshold(written);
          change({ threshold: readNumber(written) ?? undefined });
        }}
      />
    </SimpleGrid>
  );
}
