import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Draft, TextField } from './draft.ts';
import type { DraftFaults } from './draft-faults.ts';

/** A form while it is filled in, with what is wrong beside its fields. */
export type DraftForm = {
  readonly draft: Draft;
  readonly set: (changes: Partial<Draft>) => void;
  readonly faultOf: (field: keyof Draft) => string | undefined;
  /** What a text input is bound by. */
  readonly text: (field: TextField) => {
    readonly value: string;
    readonly error: string | undefined;
    readonly onChange: (event: { readonly currentTarget: { readonly value: string } }) => void;
  };
};

export function useDraft(begin: () => Draft) {
  const { t } = useTranslation();
  const [draft, setDraft] = useState(begin);
  const [faults, setFaults] = useState<DraftFaults>({});
  const set = (changes: Partial<Draft>): void => {
    setDraft((before) => ({ ...before, ...changes }));
    // What is being put right is not called wrong any more.
    const changed = new Set(Object.keys(changes));
    setFaults((before) =>
      Object.fromEntries(Object.entries(before).filter(([field]) => !changed.has(field))),
    );
  };
  const faultOf = (field: keyof Draft): string | undefined => {
    const fault = faults[field];
    return fault && t(`collection.fault.${fault}`);
  };
  const form: DraftForm = {
    ...{ draft, set, faultOf },
    text: (field) => ({
      value: draft[field],
      error: faultOf(field),
      onChange: ({ currentTarget: { value } }) => {
        set({ [field]: value });
      },
    }),
  };
  return { form, faults, setFaults };
}
