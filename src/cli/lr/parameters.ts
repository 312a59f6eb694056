import type { CalculationParameters } from '../../kinship/index.ts';

/** The parameters of a calculation in lines, every one that enters the numbers. */
export function describeParameters(parameters: CalculationParameters): string[] {
  const { mutation, untypedParent, minimumFrequency, theta, silentAlleles } = parameters;
  return [
    `mutation: ${describe(mutation)}`,
    `untyped parent: ${untypedParent}; theta: ${theta}`,
    `minimum frequency: ${describe(minimumFrequency)}`,
    `silent alleles: ${silentAlleles.length === 0 ? 'none' : silentAlleles.map(describe).join('; ')}`,
  ];
}

/** An object in words: `rate 0.002, range 0.1`, an object in it in brackets. */
function describe(value: object): string {
  return Object.entries(value as Record<string, Part>)
    .filter(([, part]) => part !== undefined && part !== null)
    .map(([name, part]) => {
      if (typeof part !== 'object' || part === null) return `${name} ${part ?? ''}`;
      if (name === 'matrices') return `matrices of ${Object.keys(part).join(' ')}`;
      return `${name} (${describe(part)})`;
    })
    .join(', ');
}

type Part = string | number | object | null | undefined;
