import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { asProblem } from '../api/client.ts';

/** What openapi-fetch gives: the answer or the service's problem. */
type Answer<Output> = { readonly data?: Output | undefined; readonly error?: unknown };

/** Fields whose rule the console says in its own words, in the language of the page. */
const RULED = [
  'code',
  'division',
  'jurisdiction',
  'phone',
  'latitude',
  'longitude',
  'publicKey',
  'url',
  'caseId',
  'after',
  'kept',
  'collectionPointId',
  'reason',
] as const;

type Submission<Input, Output> = {
  readonly send: (input: Input) => Promise<Answer<Output>>;
  /** The fields that show their own faults, as the service names them. */
  readonly fields?: readonly string[];
  readonly done?: (output: Output) => void;
  /** Whether the answer is shown once: then it is kept nowhere after `done` had it. */
  readonly isSecret?: boolean;
};

/**
 * Sends what somebody wrote into a form. What the service refuses is said beside the field, and everything
 * else of a refusal in `error`; afterwards all that is shown is asked for again.
 */
export function useFormChange<Input, Output>(submission: Submission<Input, Output>) {
  const { send, fields = [], done, isSecret = false } = submission;
  const { t } = useTranslation();
  const client = useQueryClient();
  const { mutate, reset, isPending, error } = useMutation<Output, unknown, Input>({
    mutationFn: async (input) => {
      const { data, error } = await send(input);
      // eslint-disable-next-line @typescript-eslint/only-throw-error -- the service's own problem, as the queries throw it
      if (error !== undefined) throw error;
      return data as Output;
    },
    ...(isSecret && { gcTime: 0 }),
    onSuccess: (output) => {
      done?.(output);
      if (isSecret) reset();
    },
    onSettled: () => client.invalidateQueries(),
  });
  const faults = asProblem(error)?.faults ?? [];
  const isSaidBeside = faults.length > 0 && faults.every(({ field }) => fields.includes(field));
  return {
    submit: mutate,
    reset,
    isPending,
    /** What is wrong with a field; null where nothing is. */
    fault: (field: string): string | null => {
      const fault = faults.find((one) => one.field === field);
      const rule = RULED.find((one) => one === field.split('.').at(-1));
      if (!fault) return null;
      return rule ? t(`adminRules.${rule}`) : fault.message;
    },
    /** What the fields do not say. */
    error: isSaidBeside ? null : error,
  };
}
