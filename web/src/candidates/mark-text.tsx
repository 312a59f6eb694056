import { useTranslation } from 'react-i18next';
import type { LocusMark } from './locus-mark.ts';

const SIGNS: Readonly<Record<LocusMark['mark'], string>> = {
  consistent: '✓',
  mutation: '△',
  silent: '○',
  excluded: '✕',
  infinite: '!',
  undefined: '!',
  'not-compared': '–',
};

/** By sign and text, and only then by colour. */
export function MarkText({ mark }: { mark: LocusMark }) {
  const { t } = useTranslation();
  return (
    <span className={`mark mark-${mark.mark}`}>
      <span aria-hidden="true">{SIGNS[mark.mark]} </span>
      {textOf()}
    </span>
  );

  function textOf(): string {
    if (mark.mark === 'not-compared') return t('loci.notCompared');
    if (mark.mark !== 'mutation') return t(`loci.${mark.mark}`);
    return mark.steps === null ? t('loci.mutation') : t('loci.mutation', { count: mark.steps });
  }
}
