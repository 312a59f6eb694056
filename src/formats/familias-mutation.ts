import {
  type Locus,
  type LocusRates,
  type MutationParameters,
  type MutationRate,
  rateFor,
} from '../kinship/index.ts';
import { HomewardError } from '../platform/errors.ts';
import type { FamiliasLocus, FamiliasMutation } from './familias-project.ts';

const STILL: FamiliasMutation = {
  ...{ model: 'none', stabilisation: 'none' },
  ...{ rate: 0, rate2: 0, range: 0.1 },
};

/**
 * The mutation model of one locus and sex as Familias names it. `onestep` and `custom` have no name
 * there: they come out as they are, and the writer of the project refuses them.
 */
export function toFamiliasMutation(
  mutation: MutationParameters,
  sex: 'male' | 'female',
  locus: Locus,
): FamiliasMutation {
  if (mutation.model === 'none') return STILL;
  const { stabilisation = 'none' } = mutation;
  if (mutation.model === 'custom') return { ...STILL, model: 'custom', stabilisation };
  const { rate, rate2 = 0, range = 0.1 } = rateFor(mutation, sex, locus);
  if (!mutation.model.startsWith('stepwise')) {
    return { ...STILL, model: mutation.model, stabilisation, rate };
  }
  // Familias has the second rate in the extended model only, and PM in the other one only.
  const plain = stabilisation === 'PM' && rate2 === 0 ? 'stepwise' : mutation.model;
  const model = rate2 > 0 ? 'stepwise-extended' : plain;
  return { model, stabilisation, rate, rate2, range };
}

type NamedLocus = Pick<FamiliasLocus, 'male' | 'female'> & { readonly locus: Locus };

/**
 * The mutation parameters of a project. Rates may differ by locus and sex; the model may not,
 * except that without mutations all models are the same, and that `stepwise` is the extended model
 * with a second rate of 0.
 * @throws HomewardError CALCULATION_INVALID where models differ
 */
export function fromFamiliasMutations(loci: readonly NamedLocus[]): MutationParameters {
  const meaning = findMeaning(loci);
  if (meaning.model === 'none') return { model: 'none' };
  const isStepwise = meaning.model.startsWith('stepwise');
  const rateOf = (mutation: FamiliasMutation): MutationRate => {
    const { rate, range } = mutation;
    if (!isStepwise) return { rate };
    const rate2 = mutation.model === 'stepwise-extended' ? mutation.rate2 : 0;
    return moves(mutation) ? { rate, rate2, range } : { rate: 0, rate2: 0 };
  };
  const rates = loci.map(({ locus, male, female }) => ({
    locus,
    rates: { male: rateOf(male), female: rateOf(female) },
  }));
  const common = rates[0]!.rates;
  const perLocus: Record<string, LocusRates> = {};
  for (const one of rates) {
    if (JSON.stringify(one.rates) !== JSON.stringify(common)) perLocus[one.locus] = one.rates;
  }
  return { ...meaning, ...common, ...(Object.keys(perLocus).length > 0 && { perLocus }) };
}

type Meaning = Pick<
  Exclude<MutationParameters, { model: 'none' | 'custom' }>,
  'model' | 'stabilisation'
>;

/** The one model that serves all loci and both sexes. */
function findMeaning(loci: readonly NamedLocus[]): Meaning | { readonly model: 'none' } {
  const moving = loci.flatMap(({ locus, male, female }) =>
    [male, female].filter(moves).map((mutation) => ({ locus, mutation })),
  );
  const first = moving[0]?.mutation;
  if (!first) return { model: 'none' };
  const { model, stabilisation } = first;
  const kinds = new Map(moving.map(({ locus, mutation }) => [describe(mutation), locus]));
  const isOne = kinds.size === 1 || [...kinds.keys()].every((kind) => EXTENDED.includes(kind));
  // The reader makes no project with the last two.
  if (!isOne || model === 'none' || model === 'custom') {
    const list = [...kinds].map(([kind, locus]) => `${kind} at ${locus}`).join(', ');
    throw new HomewardError(
      'CALCULATION_INVALID',
      `The Familias project cannot be computed: its mutation models differ (${list}), and here one ` +
        'model serves all loci and both sexes, with rates of their own. Choose one model in ' +
        'Familias, or leave loci out.',
    );
  }
  if (stabilisation === 'PM') return { model, stabilisation };
  return { model: kinds.size > 1 ? 'stepwise-extended' : model };
}

/** What differs only by a second rate of 0. */
const EXTENDED = ['stepwise', 'stepwise-extended'];

function moves({ model, rate, rate2 }: FamiliasMutation): boolean {
  return rate > 0 || (model === 'stepwise-extended' && rate2 > 0);
}

function describe({ model, stabilisation }: FamiliasMutation): string {
  return stabilisation === 'PM' ? `${model} with PM stabilisation` : model;
}
