import { Alert, Text } from '@mantine/core';

/** As a mutation is drawn: read on white, and told from red. */
const AMBER = '#944b00';

type OutcomeProps = {
  /** Else it waits for the network. */
  readonly isSent: boolean;
  readonly title?: string | undefined;
  readonly text: string;
};

/** Says that something arrived, or that it is kept until it can. */
export function OutcomeAlert({ isSent, title, text }: OutcomeProps) {
  return (
    <Alert
      className="no-print"
      color={isSent ? 'teal.9' : AMBER}
      variant="outline"
      role="status"
      title={title}
    >
      <Text size="sm">{text}</Text>
    </Alert>
  );
}
