import type { PolicyDocument } from '../policies/policy.schema.ts';
import type { Pair } from './pdf-sheet.ts';
import type { Say } from './report-terms.ts';

type Mutation = PolicyDocument['params']['mutation'];
type Rated = Extract<Mutation, { male: unknown }>;

/** Every parameter of a policy in words. */
export function describeParameters({ params, dropOut }: PolicyDocument, say: Say): Pair[] {
  const { theta, mutation, untypedParent, silentAlleles } = params;
  const silent = silentAlleles.map(
    ({ locus, kit, frequency }) => `${locus}${kit === null ? '' : ` (${kit})`} ${frequency}`,
  );
  return [
    [say('theta'), String(theta)],
    [say('mutationModel'), describeModel(mutation, say)],
    ...('male' in mutation ? describeRates(mutation, say) : []),
    [say('untypedParent'), say(untypedParent === 'mutates' ? 'mutates' : 'drawnFromPopulation')],
    [say('minimumFrequency'), describeMinimum(params.minimumFrequency, say)],
    [say('silentAlleles'), silent.join('; ') || say('none')],
    [say('dropOut'), String(dropOut)],
  ];
}

function describeModel(mutation: Mutation, say: Say): string {
  const { model, stabilisation } = mutation;
  return stabilisation === 'PM' ? `${say(model)}, PM` : say(model);
}

function describeRates({ model, male, female, perLocus = {} }: Rated, say: Say): Pair[] {
  const isStepwise = model.startsWith('stepwise');
  const describe = ({ rate, rate2 = 0, range = 0.1 }: Rated['male']): string =>
    isStepwise ? say('rates', { rate, rate2, range }) : String(rate);
  const own = Object.entries(perLocus).map(([locus, rates]) => {
    const [ofFathers = male, ofMothers = female] = [rates.male, rates.female];
    return `${locus} ${ofFathers.rate} / ${ofMothers.rate}`;
  });
  return [
    [say('ratesOfFathers'), describe(male)],
    [say('ratesOfMothers'), describe(female)],
    ...(own.length > 0 ? [[say('ratesPerLocus'), own.join('; ')] as const] : []),
  ];
}

function describeMinimum(minimum: PolicyDocument['params']['minimumFrequency'], say: Say): string {
  const frequency = minimum.rule === 'fixed' ? minimum.frequency : '';
  const confidence = minimum.rule === 'confidence-bound' ? (minimum.confidence ?? 0.95) : '';
  return say('minimumOf', {
    rule: say(minimum.rule, { frequency, confidence }),
    whom: say(minimum.appliesTo),
    scaled: say(minimum.renormalise ?? 'all'),
  });
}
