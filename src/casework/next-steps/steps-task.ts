import {
  type CalculationParameters,
  type FrequencyTable,
  KinshipError,
  type Locus,
  type Outlook,
  type OutlookQuestion,
  RatioForesight,
} from '../../kinship/index.ts';

/** What more typing may bring to one candidate: a piece of work for a thread. */
export type NextStepsTask = {
  readonly table: FrequencyTable;
  readonly parameters: CalculationParameters;
  readonly threshold: number;
  /** What those who are typed could have come to, before anything was seen of them. */
  readonly power: Question;
  /** One more person each. */
  readonly relatives: readonly Question[];
  /** More loci of those who are typed: everybody at all loci of all kits, and kit by kit. */
  readonly loci: Question;
  readonly kits: readonly (readonly Locus[])[];
};

type Question = Omit<OutlookQuestion, 'threshold'>;

/** An outlook, or why there is none. An error loses its class and code on the way out of a thread. */
export type StepAnswer =
  { readonly outlook: Outlook } | { readonly refusal: Pick<KinshipError, 'code' | 'message'> };

/** In the order of the task. */
export type NextStepsAnswer = {
  readonly power: StepAnswer;
  readonly relatives: readonly StepAnswer[];
  readonly kits: readonly StepAnswer[];
};

/** Carries out one task; what cannot be computed is said in the answer. */
export function runNextStepsTask(task: NextStepsTask): NextStepsAnswer {
  const { table, parameters, threshold } = task;
  const open = (question: Question): RatioForesight =>
    new RatioForesight(table, parameters, { ...question, threshold });
  let loci: RatioForesight | null = null;
  return {
    power: answer(() => open(task.power).outlook()),
    relatives: task.relatives.map((question) => answer(() => open(question).outlook())),
    kits: task.kits.map((kit) =>
      answer(() => (loci ??= open(task.loci)).outlook((locus) => kit.includes(locus))),
    ),
  };
}

function answer(foresee: () => Outlook): StepAnswer {
  try {
    return { outlook: foresee() };
  } catch (error) {
    if (!(error instanceof KinshipError)) throw error;
    return { refusal: { code: error.code, message: error.message } };
  }
}
