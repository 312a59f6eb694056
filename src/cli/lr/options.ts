import { HomewardError } from '../../platform/errors.ts';

/** The options of `homeward lr` as commander reads them. */
export type LrOptions = {
  readonly cases?: string;
  readonly out?: string;
  readonly profiles?: readonly string[];
  readonly frequencies?: readonly string[];
  readonly policy?: string;
  readonly child?: string;
  readonly father?: string;
  readonly mother?: string;
  readonly parent?: string;
  readonly relative?: readonly string[];
  readonly relationship?: readonly string[];
  readonly people?: readonly string[];
  readonly calculation?: string;
  readonly fam?: string;
  readonly priors?: readonly number[];
  readonly theta?: number;
  readonly dropOut?: readonly string[];
  readonly kit?: readonly string[];
  readonly json?: string;
  readonly exportCase?: string;
  readonly exportFam?: string;
};

/** How a question is put: the option that tells, and the others that may stand beside it. */
const FORMS = {
  child: [
    ...['profiles', 'frequencies', 'policy', 'theta', 'dropOut', 'kit'],
    ...['father', 'mother', 'parent', 'relative'],
  ],
  relationship: ['profiles', 'frequencies', 'policy', 'theta', 'dropOut', 'kit', 'people'],
  calculation: ['frequencies', 'policy', 'theta', 'dropOut', 'kit'],
  fam: [],
} as const satisfies Partial<Record<keyof LrOptions, readonly string[]>>;
export type LrForm = keyof typeof FORMS;

const WITH_EVERY_FORM = ['priors', 'json', 'exportCase', 'exportFam'];

/**
 * How the question is put.
 * @throws HomewardError ARGUMENT_INVALID for none, for two at once, and for an option that would
 *   otherwise be passed over
 */
export function findForm(options: LrOptions): LrForm {
  const forms = Object.keys(FORMS) as LrForm[];
  const [form, ...others] = forms.filter((name) => options[name] !== undefined);
  if (form === undefined || others.length > 0) {
    throw new HomewardError(
      'ARGUMENT_INVALID',
      'Ask one question: --child with its relatives, --relationship with --people, --calculation, --fam, or --cases.',
    );
  }
  const fitting: readonly string[] = [form, ...FORMS[form], ...WITH_EVERY_FORM];
  const misfit = Object.keys(options).find((name) => !fitting.includes(name));
  if (misfit === undefined) return form;
  throw new HomewardError('ARGUMENT_INVALID', `${flagOf(misfit)} does not go with --${form}.`);
}

function flagOf(name: string): string {
  return `--${name.replace(/[A-Z]/g, (capital) => `-${capital.toLowerCase()}`)}`;
}
