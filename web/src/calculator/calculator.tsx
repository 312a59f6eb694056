import { Stack } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { paths } from '../api/schema.d.ts';
import { Section } from '../common/section.tsx';
import {
  type CalculationRequest,
  type Draft,
  emptyDraft,
  toQuestion,
  whatIsMissing,
} from './calculation-draft.ts';
import {
  areComplete,
  type ChosenParameters,
  parametersOf,
  type Policy,
  toParameters,
} from './calculation-parameters.ts';
import { ParametersForm } from './parameters-form.tsx';
import { PasteBox } from './paste-box.tsx';
import { ProfileTable } from './profile-table.tsx';
import { QuestionForm } from './question-form.tsx';
import { ResultSheet } from './result-sheet.tsx';
import { useCalculation } from './use-calculation.ts';

export type Kit =
  paths['/v1/kits']['get']['responses'][200]['content']['application/json']['kits'][number];
type FrequencyTables =
  paths['/v1/frequency-tables']['get']['responses'][200]['content']['application/json']['frequencyTables'];

type CalculatorProps = {
  readonly policy: Policy;
  readonly tables: FrequencyTables;
  readonly kits: readonly Kit[];
};

/** The question, the genotypes with what each locus says, and how it is computed. */
export function Calculator({ policy, tables, kits }: CalculatorProps) {
  const { t } = useTranslation();
  const [draft, setDraft] = useState(() => emptyDraft(kits[0]?.loci ?? []));
  const [chosen, setChosen] = useState(() => parametersOf(policy));
  const known = [...new Set(kits.flatMap(({ loci }) => loci))];
  const missing = whatIsMissing(draft) ?? (areComplete(chosen) ? null : 'parameters');
  const request = missing === null ? toRequest(draft, chosen, known) : null;
  const answer = useCalculation(request);
  return (
    <Stack>
      <div className="no-print">
        <Section title={t('calculator.question')}>
          <QuestionForm draft={draft} onChange={setDraft} />
        </Section>
      </div>
      <ResultSheet draft={draft} missing={missing} request={request} answer={answer} />
      <Section title={t('loci.title')} text={t('calculator.genotypesHelp')}>
        <PasteBox draft={draft} kits={kits} known={known} onChange={setDraft} />
        <ProfileTable draft={draft} known={known} answer={answer} onChange={setDraft} />
      </Section>
      <ParametersForm policy={policy} tables={tables} chosen={chosen} onChange={setChosen} />
    </Stack>
  );
}

function toRequest(
  draft: Draft,
  chosen: ChosenParameters,
  known: readonly string[],
): CalculationRequest {
  const asked = toQuestion(draft, chosen.dropOut);
  const typed = new Set(asked.people.flatMap(({ genotypes }) => Object.keys(genotypes)));
  return {
    ...asked,
    parameters: toParameters(
      chosen,
      known.filter((locus) => typed.has(locus)),
    ),
    frequencyTables: [chosen.frequencyTableId],
  };
}
