import { Checkbox, Group, Select } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { DataTable } from '../common/data-table.tsx';
import { useMoment } from '../common/dates.ts';
import { Section } from '../common/section.tsx';
import { useParameterNames, useValueNames } from './parameter-names.ts';
import { type ComparedParameter, compareParameters, type Policy } from './policy-parameters.ts';

type PolicyComparisonProps = {
  readonly policies: readonly Policy[];
  /** By their ids. */
  readonly tableLabels: ReadonlyMap<string, string>;
};

/** Two policies side by side; at first the last two. */
export function PolicyComparison({ policies, tableLabels }: PolicyComparisonProps) {
  const { t } = useTranslation();
  const [before, last] = policies.slice(-2);
  const [firstId, setFirst] = useState(before?.id);
  const [secondId, setSecond] = useState(last?.id);
  const [onlyDiffering, setOnlyDiffering] = useState(true);
  const documentOf = (policyId: string | undefined): unknown => {
    const policy = policies.find(({ id }) => id === policyId);
    if (!policy) return {};
    const { frequencyTableId } = policy;
    return {
      frequencyTable: tableLabels.get(frequencyTableId) ?? frequencyTableId,
      ...policy.document,
    };
  };
  const compared = compareParameters(documentOf(firstId), documentOf(secondId));
  return (
    <Section title={t('searchDetails.compare')}>
      <Group gap="sm" align="flex-end" mb="sm">
        <PolicySelect
          label={t('searchDetails.first')}
          policies={policies}
          value={firstId}
          onChange={setFirst}
        />
        <PolicySelect
          label={t('searchDetails.second')}
          policies={policies}
          value={secondId}
          onChange={setSecond}
        />
        <Checkbox
          label={t('searchDetails.onlyDiffering')}
          checked={onlyDiffering}
          onChange={({ currentTarget }) => {
            setOnlyDiffering(currentTarget.checked);
          }}
          pb={8}
        />
      </Group>
      <ComparisonTable rows={compared.filter(({ differs }) => differs || !onlyDiffering)} />
    </Section>
  );
}

type PolicySelectProps = {
  readonly label: string;
  readonly policies: readonly Policy[];
  readonly value: string | undefined;
  readonly onChange: (policyId: string) => void;
};

function PolicySelect({ label, policies, value, onChange }: PolicySelectProps) {
  const moment = useMoment();
  return (
    <Select
      label={label}
      data={policies.map(({ id, name, createdAt }) => ({
        value: id,
        label: `${name} · ${moment(createdAt)}`,
      }))}
      value={value ?? null}
      onChange={(chosen) => {
        if (chosen !== null) onChange(chosen);
      }}
      allowDeselect={false}
      w={300}
      maw="100%"
    />
  );
}

function ComparisonTable({ rows }: { rows: readonly ComparedParameter[] }) {
  const { t } = useTranslation();
  const nameOf = useParameterNames();
  const valueOf = useValueNames();
  return (
    <DataTable
      label={t('searchDetails.compare')}
      rows={rows}
      keyOf={({ path }) => JSON.stringify(path)}
      columns={[
        { title: t('searchDetails.parameter'), of: ({ path }) => nameOf(path) },
        { title: t('searchDetails.first'), of: ({ values }) => valueOf(values[0]) },
        { title: t('searchDetails.second'), of: ({ values }) => valueOf(values[1]) },
        {
          title: t('searchDetails.differs'),
          of: ({ differs }) => (
            <span className={differs ? 'mark mark-mutation' : undefined}>
              <span aria-hidden="true">{differs ? '≠ ' : '= '}</span>
              {t(differs ? 'searchDetails.different' : 'searchDetails.same')}
            </span>
          ),
        },
      ]}
    />
  );
}
