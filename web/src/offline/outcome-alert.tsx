import { Alert, Text } from '@mantine/core';

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
      color={isSent ? 'teal.9' : 'orange.9'}
      variant="outline"
      role="status"
      title={title}
    >
      <Text size="sm">{text}</Text>
    </Alert>
  );
}
