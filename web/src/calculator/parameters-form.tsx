import { Button, NativeSelect, SimpleGrid, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Section } from '../common/section.tsx';
import { tableLabel } from '../common/table-label.ts';
import {
  type ChosenParameters,
  countSilentAlleles,
  isRated,
  type Line,
  MODELS,
  type Parameters,
  parametersOf,
  type Policy,
  type Rate,
  withModel,
  withRate,
} from './calculation-parameters.ts';
import { MinimumFrequencyFields } from './minimum-frequency-fields.tsx';
import { Share } from './share-input.tsx';

type FrequencyTable = {
  readonly id: string;
  readonly name: string;
  readonly contentHash: string;
};

type FormProps = {
  readonly policy: Policy;
  readonly tables: readonly FrequencyTable[];
  readonly chosen: ChosenParameters;
  readonly onChange: (chosen: ChosenParameters) => void;
};

/** How it is computed: the policy’s parameters until another is chosen. */
export function ParametersForm({ policy, tables, chosen, onChange }: FormProps) {
  const { t } = useTranslation();
  const { document, dropOut, silent } = chosen;
  const { mutation, theta = 0, untypedParent = 'mutates' } = document;
  const change = (part: Partial<Parameters>): void => {
    onChange({ ...chosen, document: { ...document, ...part } });
  };
  const models = mutation.model === 'custom' ? [...MODELS, 'custom' as const] : MODELS;
  const isPolicys = JSON.stringify(chosen) === JSON.stringify(parametersOf(policy));
  return (
    <Section
      title={t('calculator.parameters')}
      text={
        isPolicys ? t('calculator.asPolicy', { name: policy.name }) : t('calculator.notAsPolicy')
      }
      action={
        !isPolicys && (
          <Button
            className="no-print"
            variant="default"
            size="xs"
            onClick={() => {
              onChange(parametersOf(policy));
            }}
          >
            {t('calculator.toPolicy')}
          </Button>
        )
      }
    >
      <SimpleGrid cols={{ base: 1, sm: 2, md: 3 }} className="print-columns">
        <NativeSelect
          label={t('provenance.table')}
          data={tables.map((one) => ({ value: one.id, label: tableLabel(one) }))}
          value={chosen.frequencyTableId}
          onChange={({ currentTarget }) => {
            onChange({ ...chosen, frequencyTableId: currentTarget.value });
          }}
        />
        <NativeSelect
          label={t('calculator.model')}
          data={models.map((value) => ({ value, label: t(`calculator.models.${value}`) }))}
          value={mutation.model}
          onChange={({ currentTarget: { value } }) => {
            onChange(withModel(chosen, MODELS.find((one) => one === value) ?? mutation.model));
          }}
        />
        <NativeSelect
          label={t('calculator.untypedParent')}
          data={(['mutates', 'population'] as const).map((value) => ({
            value,
            label: t(`calculator.${value}`),
          }))}
          value={untypedParent}
          onChange={({ currentTarget: { value } }) => {
            change({ untypedParent: value === 'population' ? 'population' : 'mutates' });
          }}
        />
        {isRated(mutation) &&
          (['male', 'female'] as const).map(
            (line) =>
            <Rates key={line} {...{ chosen, line, onChange }} rate={mutation[line]} model={mutation.model} />, // prettier-ignore
          )}
        <Share
          label={t('calculator.theta')}
          value={theta}
          onChange={(value) => {
            change({ theta: value });
          }}
        />
        <Share
          label={t('calculator.dropOut')}
          value={dropOut}
          onChange={(value) => {
            onChange({ ...chosen, dropOut: value });
          }}
        />
        <Share
          label={t('calculator.silent')}
          description={silent === null ? silentOfPolicy() : undefined}
          value={silent}
          onChange={(value) => {
            onChange({ ...chosen, silent: value });
          }}
          onEmptied={() => {
            onChange({ ...chosen, silent: null });
          }}
        />
        <MinimumFrequencyFields
          value={document.minimumFrequency ?? { rule: 'five-over-2n', appliesTo: 'all' }}
          onChange={(minimumFrequency) => {
            change({ minimumFrequency });
          }}
        />
      </SimpleGrid>
      {isRated(mutation) && mutation.perLocus && Object.keys(mutation.perLocus).length > 0 && (
        <Text size="xs" c="dimmed" mt="xs">
          {t('calculator.perLocus', { loci: Object.keys(mutation.perLocus).join(', ') })}
        </Text>
      )}
    </Section>
  );

  function silentOfPolicy(): string {
    const { counted, ofKits } = countSilentAlleles(document);
    const leftOut = ofKits > 0 && t('calculator.silentOfKits', { count: ofKits });
    const used = (counted > 0 || !leftOut) && t('calculator.silentOfPolicy', { count: counted });
    return [used, leftOut].filter(Boolean).join(' ');
  }
}

type RatesProps = {
  readonly chosen: ChosenParameters;
  readonly line: Line;
  readonly rate: Rate;
  readonly model: string;
  readonly onChange: (chosen: ChosenParameters) => void;
};

/** Of fathers or of mothers; further steps only where the model has them. */
function Rates({ chosen, line, rate, model, onChange }: RatesProps) {
  const { t } = useTranslation();
  const set = (part: keyof Rate) => (value: number) => {
    onChange(withRate(chosen, line, part, value));
  };
  return (
    <>
      <Share label={t(`calculator.rate.${line}`)} value={rate.rate} onChange={set('rate')} />
      {model.startsWith('stepwise') && (
        <>
          <Share
            label={t(`calculator.rate2.${line}`)}
            value={rate.rate2 ?? 0}
            onChange={set('rate2')}
          />
          <Share
            label={t(`calculator.range.${line}`)}
            value={rate.range ?? 0.1}
            least={0.001}
            onChange={set('range')}
          />
        </>
      )}
    </>
  );
}
