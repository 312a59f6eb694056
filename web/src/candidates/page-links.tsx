import { Anchor, Group } from '@mantine/core';
import { useTranslation } from 'react-i18next';

/** The parts of a long page that are looked for most. */
const PARTS = [
  ['loci', 'loci.title'],
  ['populations', 'populations.title'],
  ['rivals', 'rivals.title'],
  ['next-steps', 'nextSteps.title'],
  ['review', 'review.title'],
  ['history', 'history.title'],
] as const;

/** Leads down the page, by keyboard too: Tab goes on from where it led. */
export function PageLinks() {
  const { t } = useTranslation();
  return (
    <Group component="nav" gap="md" className="no-print" aria-label={t('candidate.parts')}>
      {PARTS.map(([anchor, title]) => (
        <Anchor key={anchor} href={`#${anchor}`} size="sm">
          {t(title)}
        </Anchor>
      ))}
    </Group>
  );
}
