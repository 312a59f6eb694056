import { makeAlleleModel } from './allele-model.ts';
import { alleleIndex, type FrequencyTable, frequenciesFor } from './frequency-table.ts';
import type { HypothesisPair } from './hypothesis.ts';
import { comparePedigrees, type ObservedLocus } from './hypothesis-comparison.ts';
import type { LikelihoodRatio } from './likelihood-ratio.ts';
import type { Locus } from './locus.ts';
import type { Observation } from './observation.ts';
import type { LikelihoodParameters } from './parameters.ts';
import { type AllelePair, type GenotypeFault, type Profile, readGenotype } from './profile.ts';

/** The result of comparing people under two pedigrees, locus by locus. */
export type ProfileComparison = {
  readonly lr: LikelihoodRatio;
  readonly compared: readonly { readonly locus: Locus; readonly lr: LikelihoodRatio }[];
  readonly omitted: readonly {
    readonly locus: Locus;
    readonly reason: GenotypeFault | 'typed-in-one-person' | 'not-in-table';
  }[];
};

/**
 * LR of any two pedigrees for people with profiles, over the loci that at least two of them share.
 * Somebody whose genotype at a locus cannot be used counts as untyped there.
 * @throws KinshipError when the parameters do not fit the table or the pedigree
 */
export function compareProfiles(
  table: FrequencyTable,
  parameters: LikelihoodParameters,
  { h1, h2 }: HypothesisPair,
  people: ReadonlyMap<string, Profile>,
): ProfileComparison {
  const loci: (ObservedLocus & { name: Locus })[] = [];
  const omitted: ProfileComparison['omitted'][number][] = [];
  for (const locus of [...new Set([...people.values()].flatMap((one) => [...one.keys()]))].sort()) {
    const read = observeLocus(table, parameters, locus, people);
    if (typeof read === 'string') omitted.push({ locus, reason: read });
    else loci.push(read);
  }
  const question = {
    h1: h1.pedigree,
    h2: h2.pedigree,
    typed: new Set(people.keys()),
    theta: 0,
    untypedParent: parameters.untypedParent,
  };
  const { lr, loci: answers } = comparePedigrees(question, loci);
  return {
    lr,
    compared: answers.map((answer, place) => ({ locus: loci[place]!.name, lr: answer.lr })),
    omitted,
  };
}

function observeLocus(
  table: FrequencyTable,
  parameters: LikelihoodParameters,
  locus: Locus,
  people: ReadonlyMap<string, Profile>,
): (ObservedLocus & { name: Locus }) | ProfileComparison['omitted'][number]['reason'] {
  const readings = [...people].flatMap(([id, profile]) => {
    const genotype = profile.get(locus);
    return genotype ? [{ id, reading: readGenotype(genotype) }] : [];
  });
  const usable = readings.filter((one): one is { id: string; reading: AllelePair } =>
    Array.isArray(one.reading),
  );
  if (usable.length < 2) {
    const fault = readings.map(({ reading }) => reading).find((one) => typeof one === 'string');
    return fault ?? 'typed-in-one-person';
  }
  const base = table.get(locus);
  if (!base) return 'not-in-table';
  const observed = usable.flatMap(({ reading }) => [...reading]);
  const frequencies = frequenciesFor(base, observed, parameters.minimumFrequency);
  const observations = new Map(
    usable.map(({ id, reading: [a, b] }): [string, Observation[]] => {
      const alleles = [alleleIndex(frequencies, a)!, alleleIndex(frequencies, b)!] as const;
      return [id, [{ seen: 'two', alleles, dropOut: 0 }]];
    }),
  );
  return { name: locus, model: makeAlleleModel(frequencies, parameters.mutation), observations };
}
