import { Anchor, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { TFunction } from 'i18next';
import { Fragment, type ReactNode, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useMoment } from '../common/dates.ts';
import { formatLr, formatProbability, formatSmall } from '../common/numbers.ts';
import type { CandidateSummary, ColumnName } from './candidate-view.ts';
import {
  type ListedCircumstances,
  showAge,
  showHappened,
  showYears,
  UNSAID,
} from './circumstances-text.ts';
import { ClaimsCell } from './claims-cell.tsx';
import { StateBadge } from './state-badge.tsx';

type CellProps = { readonly candidate: CandidateSummary };
type Shown = CellProps & { readonly rank: number | undefined };

export type Cells = Readonly<Record<ColumnName, (shown: Shown) => ReactNode>>;

/** What stands in each column. */
export function useCells(): Cells {
  const { t } = useTranslation();
  return useMemo(() => makeCells(t), [t]);
}

function makeCells(t: TFunction): Cells {
  return {
    rank: ({ rank }) => rank,
    person: ({ candidate }) => <PersonLink candidate={candidate} />,
    family: ({ candidate }) => candidate.family,
    lr: ({ candidate }) => <b>{formatLr(candidate.log10Lr)}</b>,
    relationship: ({ candidate }) => t(`relationship.${candidate.relationship}`),
    posterior: ({ candidate }) => formatProbability(candidate.posterior),
    chance: ({ candidate }) => (
      <span title={t('candidates.chanceHelp')}>
        {formatSmall(candidate.expectedChanceCandidates)}
      </span>
    ),
    loci: ({ candidate }) => candidate.lociCompared,
    inconsistent: ({ candidate }) => candidate.lociInconsistent,
    missing: ({ candidate }) => <Happened side={candidate.circumstances.missing} />,
    found: ({ candidate }) => <Happened side={candidate.circumstances.unknown} />,
    born: ({ candidate }) => <Born candidate={candidate} />,
    age: ({ candidate }) => showAge(candidate.circumstances, new Date().getFullYear()),
    sex: ({ candidate }) => <Sex candidate={candidate} />,
    state: ({ candidate }) => <State candidate={candidate} />,
    claims: ({ candidate }) => <ClaimsCell candidate={candidate} />,
    updated: ({ candidate }) => <Moment at={candidate.updatedAt} />,
  };
}

function PersonLink({ candidate: { id, unknown } }: CellProps) {
  return (
    <Anchor
      size="sm"
      underline="hover"
      renderRoot={(props) => (
        <Link to="/candidates/$candidateId" params={{ candidateId: id }} {...props} />
      )}
    >
      {unknown}
    </Anchor>
  );
}

/** Breaks between place and years, and nowhere else. */
function Happened({ side }: { side: ListedCircumstances['missing'] }) {
  const { i18n } = useTranslation();
  const parts = showHappened(side, i18n.language);
  if (parts.length === 0) return UNSAID;
  return parts.map((part) => (
    <Fragment key={part}>
      <span className="one-line">{part}</span>{' '}
    </Fragment>
  ));
}

/** The child, then the person, and whether both can be one. */
function Born({ candidate: { circumstances } }: CellProps) {
  const { missing, unknown, agreement } = circumstances;
  return (
    <>
      {showYears(missing.born)} / {showYears(unknown.born)} <Fit fit={agreement.birth} />
    </>
  );
}

function Sex({ candidate: { circumstances } }: CellProps) {
  const { t } = useTranslation();
  const { missing, unknown, agreement } = circumstances;
  const said = unknown.sex === 'unknown' ? unknown.typedSex : unknown.sex;
  return (
    <>
      {t(`sex.${missing.sex}`)} / {t(`sex.${said}`)} <Fit fit={agreement.sex} />
    </>
  );
}

function Fit({ fit }: { fit: CandidateSummary['circumstances']['agreement']['sex'] }) {
  const { t } = useTranslation();
  if (fit === 'unknown') return null;
  return (
    <Text span size="sm" className={fit === 'agrees' ? 'mark-consistent' : 'mark-excluded'}>
      {t(`circumstances.${fit}`)}
    </Text>
  );
}

function State({ candidate: { state, lapsedAt } }: CellProps) {
  const { t } = useTranslation();
  return (
    <>
      <StateBadge state={state} />
      {lapsedAt !== null && (
        <Text span size="xs" ml={6}>
          {t('candidates.lapsed')}
        </Text>
      )}
    </>
  );
}

function Moment({ at }: { at: string }) {
  return useMoment()(at);
}
