import { useTranslation } from 'react-i18next';

/** What the parts of a policy's document are called; loci, kits and places in lists are called as they are. */
const NAMED = [
  'frequencyTable',
  'threshold',
  'dropOut',
  'priorInDatabase',
  'mutation',
  'model',
  'male',
  'female',
  'rate',
  'rate2',
  'range',
  'perLocus',
  'stabilisation',
  'matrices',
  'untypedParent',
  'minimumFrequency',
  'rule',
  'appliesTo',
  'renormalise',
  'confidence',
  'frequency',
  'theta',
  'silentAlleles',
] as const;

/** Holds all that the calculation depends on; its name adds nothing to theirs. */
const UNNAMED = 'params';

/** The name of a parameter by its place: «Mutation · fathers · rate». */
export function useParameterNames(): (path: readonly string[]) => string {
  const { t } = useTranslation();
  const nameOf = (part: string): string => {
    const known = NAMED.find((name) => name === part);
    return known ? t(`parameter.${known}`) : part;
  };
  return (path) =>
    path
      .filter((part) => part !== UNNAMED)
      .map(nameOf)
      .join(' · ');
}

/** Values that are words in a policy file; all others are shown as they stand there. */
const WORDS = [
  'none',
  'equal',
  'proportional',
  'onestep',
  'stepwise',
  'stepwise-extended',
  'custom',
  'mutates',
  'population',
  'five-over-2n',
  'confidence-bound',
  'fixed',
  'unseen',
  'observed',
  'all',
  'others',
] as const;

/** The name of a value; «—» where there is none. */
export function useValueNames(): (value: string | null) => string {
  const { t } = useTranslation();
  return (value) => {
    if (value === null || value === '') return '—';
    const word = WORDS.find((one) => one === value);
    return word ? t(`parameterValue.${word}`) : value;
  };
}
