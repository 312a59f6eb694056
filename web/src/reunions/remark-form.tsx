import { Button, Group, Textarea } from '@mantine/core';
import { formText } from '../common/form-text.ts';

type RemarkFormProps = {
  readonly label: string;
  readonly button: string;
  readonly isPending: boolean;
  /** Why the button is not to be pressed yet, which stands elsewhere. */
  readonly isDisabled?: boolean;
  readonly onSaid: (remark: string) => void;
};

/** One remark, which stays in the record, and a button. */
export function RemarkForm({ label, button, isPending, isDisabled, onSaid }: RemarkFormProps) {
  return (
    <form
      className="no-print"
      onSubmit={(event) => {
        event.preventDefault();
        onSaid(formText(event.currentTarget, 'remark'));
      }}
    >
      <Group align="flex-end" gap="sm">
        <Textarea
          name="remark"
          label={label}
          required
          maxLength={2000}
          autosize
          miw={220}
          style={{ flex: 1 }}
        />
        <Button type="submit" loading={isPending} disabled={isDisabled ?? false}>
          {button}
        </Button>
      </Group>
    </form>
  );
}
