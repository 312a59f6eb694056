import { readTyping } from '../../formats/person-row.ts';
import {
  type CalculationResult,
  type ComparedPerson,
  type FrequencyTable,
  hypothesisPosteriors,
  type LikelihoodRatio,
} from '../../kinship/index.ts';
import { type FieldFault, HomewardError } from '../../platform/errors.ts';
import { canonicalJson, contentHash, ENGINE_VERSION } from '../../platform/provenance.ts';
import {
  type CalculationAnswer,
  type CalculationTask,
  runCalculationTask,
} from './calculation-task.ts';
import type {
  CalculationDocument,
  CalculationInput,
  ComparedPersonJson,
  PopulationResult,
} from './calculation.schema.ts';

/** A population's frequencies and what they are called. */
export type NamedTable = {
  readonly name: string;
  readonly contentHash: string;
  readonly table: FrequencyTable;
};

/** What is to be computed in one population. */
type PlannedPopulation = { readonly named: NamedTable; readonly task: CalculationTask };

/** What was computed in one population. */
type ComputedPopulation = { readonly named: NamedTable; readonly result: CalculationResult };

/**
 * Weighs hypotheses about people in one or several populations, here and now.
 * @throws HomewardError CALCULATION_INVALID with the person and field, or with what does not fit
 */
export function computeDocument(
  calculation: CalculationInput,
  tables: readonly NamedTable[],
): CalculationDocument {
  const computed = planCalculation(calculation, tables).map(({ named, task }) =>
    readAnswer(named, runCalculationTask(task)),
  );
  return describeCalculation(calculation, computed);
}

/**
 * What is to be computed, a task for each table.
 * @throws HomewardError CALCULATION_INVALID with every person and field that cannot be read
 */
export function planCalculation(
  { people, hypotheses, asked, parameters }: CalculationInput,
  tables: readonly NamedTable[],
): PlannedPopulation[] {
  const calculation = { people: readComparedPeople(people), hypotheses, asked };
  return tables.map((named) => ({ named, task: { table: named.table, parameters, calculation } }));
}

/** @throws HomewardError CALCULATION_INVALID with the table and what does not fit it */
export function readAnswer(named: NamedTable, answer: CalculationAnswer): ComputedPopulation {
  if ('result' in answer) return { named, result: answer.result };
  const { code, message } = answer.refusal;
  throw new HomewardError('CALCULATION_INVALID', `${named.name}: ${message} (${code})`);
}

/** The results with everything that they were computed from. */
export function describeCalculation(
  calculation: CalculationInput,
  computed: readonly ComputedPopulation[],
): CalculationDocument {
  // Sorted: the same question is the same input, however its tables are listed.
  const frequencyTables = computed.map(({ named }) => named.contentHash).sort();
  return {
    engineVersion: ENGINE_VERSION,
    calculation,
    inputHash: contentHash(canonicalJson({ calculation, frequencyTables })),
    populations: computed
      .map((population) => describePopulation(population, calculation.priors))
      .sort(byStrength),
  };
}

/** @throws HomewardError CALCULATION_INVALID with every person and field that cannot be read */
export function readComparedPeople(people: readonly ComparedPersonJson[]): ComparedPerson[] {
  const faults: FieldFault[] = [];
  const read = people.map(({ id, kit, dropOut, genotypes }): ComparedPerson => {
    const row = readTyping(genotypes);
    if ('profile' in row) return { id, profile: row.profile, kit, dropOut };
    for (const { field, message } of row) {
      faults.push({ field: field === null ? id : `${id}.${field}`, message });
    }
    return { id, profile: new Map(), kit, dropOut };
  });
  const ids = people.map(({ id }) => id);
  const twice = ids.find((id, place) => ids.indexOf(id) < place);
  if (twice !== undefined) faults.push({ field: twice, message: 'stands among the people twice' });
  if (faults.length === 0) return read;
  throw new HomewardError('CALCULATION_INVALID', 'Some people cannot be read.', faults);
}

function describePopulation(
  { named, result }: ComputedPopulation,
  priors: readonly number[],
): PopulationResult {
  const { lrs, log10Likelihoods, inconsistencies, loci, omitted } = result;
  return {
    frequencyTable: { name: named.name, contentHash: named.contentHash },
    lrs: lrs.map(describeRatio),
    posteriors: hypothesisPosteriors(log10Likelihoods, priors),
    log10Likelihoods: [...log10Likelihoods],
    inconsistencies: inconsistencies.map(({ observed, expected }) => ({
      observed,
      expected: [...expected],
    })),
    loci: loci.map((locus) => ({
      locus: locus.locus,
      lrs: locus.lrs.map(describeRatio),
      consistent: [...locus.consistent],
      leftOut: [...locus.leftOut],
      nonStationarity: locus.nonStationarity,
    })),
    omitted: [...omitted],
  };
}

function describeRatio(lr: LikelihoodRatio): {
  kind: LikelihoodRatio['kind'];
  log10Lr: number | null;
} {
  return { kind: lr.kind, log10Lr: lr.kind === 'finite' ? lr.log10Lr : null };
}

/** What supports the first hypothesis least comes first; equals by what their tables hold. */
function byStrength(a: PopulationResult, b: PopulationResult): number {
  const [ofA, ofB] = [strengthOf(a), strengthOf(b)];
  if (ofA !== ofB) return ofA < ofB ? -1 : 1;
  return a.frequencyTable.contentHash < b.frequencyTable.contentHash ? -1 : 1;
}

function strengthOf({ lrs: [first] }: PopulationResult): number {
  if (first?.kind === 'infinite') return Infinity;
  return first?.log10Lr ?? -Infinity;
}
