import { NumberInput } from '@mantine/core';

type ShareProps = {
  readonly label: string;
  readonly description?: string | undefined;
  readonly value: number | '';
  readonly least?: number;
  readonly onChange: (value: number) => void;
};

/** A number from 0 to below 1; what is no number yet changes nothing. */
export function Share({ label, description, value, least = 0, onChange }: ShareProps) {
  return (
    <NumberInput
      label={label}
      {...(description !== undefined && { description })}
      inputWrapperOrder={['label', 'input', 'description']}
      value={value}
      min={least}
      max={0.999}
      step={0.001}
      hideControls
      onChange={(written) => {
        if (typeof written === 'number') onChange(written);
      }}
    />
  );
}
