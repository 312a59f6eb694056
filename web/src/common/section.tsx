import { Group, Paper, Text, Title } from '@mantine/core';
import { type ReactNode, useId } from 'react';

type SectionProps = {
  readonly title: string;
  readonly text?: string;
  /** By which a link of the page leads here. */
  readonly anchor?: string;
  /** Stands at the right of the title. */
  readonly action?: ReactNode;
  readonly children: ReactNode;
};

/** A titled sheet of a page. */
export function Section({ title, text, anchor, action, children }: SectionProps) {
  const id = useId();
  return (
    <Paper component="section" withBorder p="md" radius="md" aria-labelledby={id} id={anchor}>
      <Group justify="space-between" align="flex-start" mb="sm" wrap="wrap">
        <div>
          <Title order={2} size="h4" id={id}>
            {title}
          </Title>
          {text !== undefined && (
            <Text size="sm" c="dimmed">
              {text}
            </Text>
          )}
        </div>
        {action}
      </Group>
      {children}
    </Paper>
  );
}
