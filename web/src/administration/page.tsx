import { Stack, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';

type PageProps = {
  readonly title: string;
  readonly text?: string;
  readonly children: ReactNode;
};

/** A room of administrators: its title, what it is for, and its sheets. */
export function Page({ title, text, children }: PageProps) {
  return (
    <Stack maw={1100}>
      <div>
        <Title order={1} size="h2">
          {title}
        </Title>
        {text !== undefined && <Text c="dimmed">{text}</Text>}
      </div>
      {children}
    </Stack>
  );
}
