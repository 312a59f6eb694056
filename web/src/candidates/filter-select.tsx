import { MultiSelect } from '@mantine/core';

type FilterSelectProps = {
  readonly label: string;
  /** What is said while nothing is chosen. */
  readonly any: string;
  readonly data: readonly { readonly value: string; readonly label: string }[];
  readonly value: readonly string[] | undefined;
  readonly onChange: (value: string[]) => void;
  readonly searchable?: true;
};

/** One or more of a list, or any. */
export function FilterSelect({ any, data, value, ...props }: FilterSelectProps) {
  return (
    <MultiSelect
      {...props}
      placeholder={value ? '' : any}
      data={[...data]}
      value={[...(value ?? [])]}
      clearable
      // A word to search by stands beside what was chosen.
      w={props.searchable ? 260 : 195}
    />
  );
}
