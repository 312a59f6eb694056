import { type AlleleModel, lumpAlleles } from './allele-model.ts';
import { sumOfAll } from './elimination.ts';
import { type Factor, makeFactor } from './factor.ts';
import { founderProbability } from './founder-alleles.ts';
import { type Observation, observationProbability, possibleAlleles } from './observation.ts';
import { orderByGeneration, type Pedigree, type PedigreeMember } from './pedigree.ts';

/** What was seen, by person; somebody may have been seen more than once. */
export type Observations = ReadonlyMap<string, readonly Observation[]>;

/** One allele of one person: where it stands among the variables, and what it may be. */
type AlleleSlot = {
  readonly variable: number;
  readonly parent: string | null;
  readonly role: 'father' | 'mother';
  readonly domain: readonly number[];
};

type Slots = readonly [fromFather: AlleleSlot, fromMother: AlleleSlot];

/**
 * P(what was seen | pedigree) at one locus, for any pedigree, loops included: the sum over the
 * alleles of everybody by elimination of variables. The two alleles of a person are two variables;
 * alleles that nobody shows are made one where the mutation model allows it.
 * @param theta coancestry of all founders (Balding & Nichols 1994, doi:10.1016/0379-0738(94)90222-4)
 * @throws KinshipError PEDIGREE_INVALID, PEDIGREE_TOO_COMPLEX
 */
export function pedigreeLikelihood(
  full: AlleleModel,
  pedigree: Pedigree,
  observations: Observations,
  theta = 0,
): number {
  const shown = [...observations.values()].flat().flatMap(({ alleles }) => alleles);
  const { model, placeOf } = lumpAlleles(full, new Set(shown));
  const seen = (id: string): Observation[] =>
    (observations.get(id) ?? []).map((observation) => ({
      ...observation,
      alleles: [placeOf[observation.alleles[0]]!, placeOf[observation.alleles[1]]!],
    }));
  const members = orderByGeneration(pedigree);
  const slots = new Map<string, Slots>();
  members.forEach((member, place) => {
    slots.set(member.id, makeSlots(model, member, 2 * place, seen(member.id)));
  });
  if ([...slots.values()].some(([{ domain }]) => domain.length === 0)) return 0;
  return sumOfAll([
    ...founderFactors(model, [...slots.values()].flat(), theta),
    ...members.flatMap(({ id }) => [
      ...transmissionFactors(model, slots.get(id)!, slots),
      ...seen(id).map((observation) => observationFactor(model, slots.get(id)!, observation)),
    ]),
  ]);
}

function makeSlots(
  model: AlleleModel,
  { father, mother }: PedigreeMember,
  variable: number,
  seen: readonly Observation[],
): Slots {
  const size = model.frequencies.length;
  const all = Array.from({ length: size }, (_, allele) => allele);
  const domain = seen
    .map((observation) => possibleAlleles(observation, size, model.silent))
    .reduce((both, one) => both.filter((allele) => one.includes(allele)), all);
  return [
    { variable, parent: father, role: 'father', domain },
    { variable: variable + 1, parent: mother, role: 'mother', domain },
  ];
}

/** Without theta every founder allele is drawn by itself; with it they are drawn together. */
function founderFactors(model: AlleleModel, slots: readonly AlleleSlot[], theta: number): Factor[] {
  const founders = slots.filter(({ parent }) => parent === null);
  const draw = (group: readonly AlleleSlot[]): Factor =>
    makeFactor(
      group.map(({ variable }) => variable),
      group.map(({ domain }) => domain.length),
      (places) =>
        founderProbability(
          model.frequencies,
          places.map((place, founder) => group[founder]!.domain[place]!),
          theta,
        ),
    );
  return theta === 0 ? founders.map((founder) => draw([founder])) : [draw(founders)];
}

/** P(child's allele | the parent's two alleles): either is passed on, through the mutation matrix. */
function transmissionFactors(
  model: AlleleModel,
  own: Slots,
  slots: ReadonlyMap<string, Slots>,
): Factor[] {
  return own.flatMap(({ variable, parent, role, domain }) => {
    if (parent === null) return [];
    const [first, second] = slots.get(parent)!;
    const { size, values } = model[role];
    return [
      makeFactor(
        [first.variable, second.variable, variable],
        [first.domain.length, second.domain.length, domain.length],
        ([one, other, to]) => {
          const allele = domain[to!]!;
          const fromFirst = values[first.domain[one!]! * size + allele]!;
          return (fromFirst + values[second.domain[other!]! * size + allele]!) / 2;
        },
      ),
    ];
  });
}

function observationFactor(
  model: AlleleModel,
  [first, second]: Slots,
  observation: Observation,
): Factor {
  return makeFactor(
    [first.variable, second.variable],
    [first.domain.length, second.domain.length],
    ([one, other]) =>
      observationProbability(
        observation,
        first.domain[one!]!,
        second.domain[other!]!,
        model.silent,
      ),
  );
}
