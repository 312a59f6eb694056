import type { AlleleModel } from './allele-model.ts';
import type { Factor } from './factor.ts';
import { founderLikelihood } from './founder-alleles.ts';
import type { Carrier, GeneGraph, Meiosis, Site } from './gene-graph.ts';
import type { MutationMatrix } from './mutation-matrix.ts';
import { looksTo, type Observation, observationProbability } from './observation.ts';

/** P(a founder allele), drawn by itself; `draws` holds the probability of each allele. */
export function drawFactor(
  model: AlleleModel,
  draws: Float64Array,
  { variable, domain }: Site,
): Factor {
  if (domain === model.alleles) return { variables: [variable], values: draws };
  return { variables: [variable], values: Float64Array.from(domain, (allele) => draws[allele]!) };
}

/** P(all unknown founder alleles | the known ones), drawn together under theta. */
export function jointDrawFactor(
  { frequencies }: AlleleModel,
  { known, founders }: Pick<GeneGraph, 'known' | 'founders'>,
  theta: number,
): Factor {
  const size = founders.reduce((product, { domain }) => product * domain.length, 1);
  const values = new Float64Array(size);
  const drawn = founders.map(() => 0);
  for (let at = 0; at < size; at++) {
    let rest = at;
    for (let n = founders.length - 1; n >= 0; n--) {
      const { domain } = founders[n]!;
      drawn[n] = domain[rest % domain.length]!;
      rest = Math.floor(rest / domain.length);
    }
    const { mantissa, exponent } = founderLikelihood(frequencies, drawn, theta, known);
    values[at] = mantissa * 2 ** exponent;
  }
  return { variables: founders.map(({ variable }) => variable), values };
}

/** P(an allele | the one it is a copy of). */
export function copyFactor(from: Site, to: Site, { size, values }: MutationMatrix): Factor {
  const variables = [from.variable, to.variable];
  // Where both may be anything the matrix is the table.
  if (from.domain === to.domain && from.domain.length === size) return { variables, values };
  const entries = new Float64Array(from.domain.length * to.domain.length);
  let at = 0;
  for (const parental of from.domain) {
    for (const allele of to.domain) entries[at++] = values[parental * size + allele]!;
  }
  return { variables, values: entries };
}

/** P(child's allele | the parent's two): either is passed on, through the mutation matrix. */
export function meiosisFactor({ from: [first, second], to, matrix }: Meiosis): Factor {
  if (!second) return copyFactor(first, to, matrix);
  if (second.variable === first.variable) return pairMeiosisFactor(first, second, to, matrix);
  const { size, values } = matrix;
  const entries = new Float64Array(first.domain.length * second.domain.length * to.domain.length);
  let at = 0;
  for (const one of first.domain) {
    for (const other of second.domain) {
      for (const allele of to.domain) {
        entries[at++] = (values[one * size + allele]! + values[other * size + allele]!) / 2;
      }
    }
  }
  return { variables: [first.variable, second.variable, to.variable], values: entries };
}

/** The same where a value of one variable is both of the parent's alleles. */
function pairMeiosisFactor(
  first: Site,
  second: Site,
  to: Site,
  { size, values }: MutationMatrix,
): Factor {
  const entries = new Float64Array(first.domain.length * to.domain.length);
  let at = 0;
  first.domain.forEach((one, place) => {
    const other = second.domain[place]!;
    for (const allele of to.domain) {
      entries[at++] = (values[one * size + allele]! + values[other * size + allele]!) / 2;
    }
  });
  return { variables: [first.variable, to.variable], values: entries };
}

/** P(what was seen | a person's two alleles), for everything that was seen of the person. */
export function observationFactors(model: AlleleModel, { sites, seen }: Carrier): Factor[] {
  return seen.map((observation) =>
    observationFactor(looksTo(model, observation), sites, observation),
  );
}

function observationFactor(
  looks: Int32Array,
  [first, second]: readonly [Site, Site],
  observation: Observation,
): Factor {
  const probability = (one: number, other: number): number =>
    observationProbability(observation, looks[one]!, looks[other]!);
  if (first.variable === second.variable) {
    const values = first.domain.map((one, place) => probability(one, second.domain[place]!));
    return { variables: [first.variable], values: Float64Array.from(values) };
  }
  const pairs = first.domain.flatMap((one) =>
    second.domain.map((other) => probability(one, other)),
  );
  return { variables: [first.variable, second.variable], values: Float64Array.from(pairs) };
}
