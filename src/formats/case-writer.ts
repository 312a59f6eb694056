import type {
  Calculation,
  CalculationParameters,
  FrequencyTable,
  Hypothesis,
  MutationParameters,
} from '../kinship/index.ts';
import { type UsedLocus, readUsedLoci } from './used-locus.ts';

/**
 * One case in the format of fixtures/cases/README.md, which `readCase` reads and other programs
 * can compute: H1 is the first hypothesis, H2 the last. It holds the loci that count, with the
 * frequencies as they were used.
 * @param id the name of the case
 * @throws HomewardError CALCULATION_INVALID, KinshipError: as `readUsedLoci`
 */
export function writeCase(
  id: string,
  calculation: Calculation,
  parameters: CalculationParameters,
  table: FrequencyTable,
): object {
  const { people, hypotheses } = calculation;
  const { mutation, theta, untypedParent } = parameters;
  const loci = readUsedLoci(calculation, parameters, table);
  const dropOuts = people
    .filter(({ dropOut }) => dropOut > 0)
    .map(({ id: person, dropOut: d }) => ({ person, d }));
  return {
    id,
    H1: writeHypothesis(hypotheses[0]!),
    H2: writeHypothesis(hypotheses.at(-1)!),
    typed: people.map((person) => person.id),
    params: {
      mutation: writeMutation(mutation, loci),
      theta,
      silent: loci.some(({ silentFrequency }) => silentFrequency > 0),
      untypedParent,
      ...(dropOuts.length > 0 && { dropout: dropOuts.length === 1 ? dropOuts[0] : dropOuts }),
    },
    loci: loci.map((locus) => writeLocus(locus, people)),
  };
}

const LETTERS = { male: 'M', female: 'F', unknown: 'U' } as const;

function writeHypothesis({ text, pedigree, sameAs }: Hypothesis): object {
  // In a pedigree of one person the format takes everybody for them, unless it says otherwise.
  const isOne = pedigree.length === 1;
  return {
    text,
    pedigree: pedigree.map(({ id, father, mother, sex }) => ({
      ...{ id, father, mother },
      sex: LETTERS[sex],
    })),
    ...((sameAs ?? isOne) && { sameAs: sameAs ?? {} }),
  };
}

/** The parameters, of single loci only what concerns the loci of the case. */
function writeMutation(mutation: MutationParameters, loci: readonly UsedLocus[]): object {
  const ofLoci = <Part>(parts: Readonly<Record<string, Part>>): Record<string, Part> =>
    Object.fromEntries(loci.flatMap(({ locus }) => (parts[locus] ? [[locus, parts[locus]]] : [])));
  if (mutation.model === 'none') return { model: 'none' };
  if (mutation.model === 'custom') return { ...mutation, matrices: ofLoci(mutation.matrices) };
  return { ...mutation, ...(mutation.perLocus && { perLocus: ofLoci(mutation.perLocus) }) };
}

function writeLocus(
  { locus, frequencies, genotypes, silentFrequency }: UsedLocus,
  people: Calculation['people'],
): object {
  const share = 1 - silentFrequency;
  return {
    name: locus,
    genotypes: Object.fromEntries(people.map(({ id }) => [id, genotypes.get(id) ?? null])),
    freqs: {
      ...Object.fromEntries(
        frequencies.alleles.map((allele, place) => [
          allele,
          frequencies.frequencies[place]! * share,
        ]),
      ),
      ...(silentFrequency > 0 && { silent: silentFrequency }),
    },
  };
}
