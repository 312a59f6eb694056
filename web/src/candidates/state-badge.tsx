import { Badge } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { CandidateState } from './candidate-view.ts';

const COLORS: Readonly<Record<CandidateState, string>> = {
  proposed: 'gray',
  'second-opinion': 'blue',
  disputed: 'orange',
  supported: 'green',
  excluded: 'red',
  inconclusive: 'grape',
  'more-loci': 'indigo',
};

/** Text of the theme's green and orange cannot be read on white (WCAG 2.2, 1.4.3). */
const INKS: Partial<Readonly<Record<CandidateState, string>>> = {
  disputed: 'var(--mark-mutation)',
  supported: 'var(--mark-consistent)',
};

export function StateBadge({ state }: { state: CandidateState }) {
  const { t } = useTranslation();
  return (
    <Badge
      color={COLORS[state]}
      variant="outline"
      tt="none"
      miw="max-content"
      c={INKS[state] ?? `${COLORS[state]}.9`}
    >
      {t(`state.${state}`)}
    </Badge>
  );
}
