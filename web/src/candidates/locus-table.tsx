import { Table, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { formatLr, formatRatio } from '../common/numbers.ts';
import { Section } from '../common/section.tsx';
import type { Candidate, LocusResult } from './candidate-detail.ts';
import { type Alleles, markLocus } from './locus-mark.ts';
import { BAR_WIDTH_PX, LrBar, widestOf } from './lr-bar.tsx';
import { MarkText } from './mark-text.tsx';
import { ScrollBox } from '../common/scroll-box.tsx';

/** Marker by marker: who has what, what it says, and how much. */
export function LocusTable({ candidate }: { candidate: Candidate }) {
  const { t } = useTranslation();
  const { loci, members, omitted, unknown } = candidate;
  const sayReason = (reason: string): string =>
    t(`omitted.${reason}` as 'omitted.not-in-table', { defaultValue: reason });
  const widest = widestOf(loci);
  return (
    <Section anchor="loci" title={t('loci.title')} text={t('loci.shared')}>
      <ScrollBox label={t('loci.title')}>
        <Table withRowBorders striped stickyHeader miw={620} verticalSpacing={5}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t('loci.locus')}</Table.Th>
              <Table.Th className="codes">{unknown}</Table.Th>
              {members.map(({ sampleId, relation, counts }) => (
                <Table.Th key={sampleId}>
                  <span className="codes">{sampleId}</span>
                  <Text size="xs" c={counts ? 'dark.6' : 'dimmed'}>
                    {t(`relation.${relation}`)}
                  </Text>
                </Table.Th>
              ))}
              <Table.Th>{t('loci.mark')}</Table.Th>
              <Table.Th ta="right">{t('loci.lr')}</Table.Th>
              <Table.Th w={BAR_WIDTH_PX}>{t('loci.bar')}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {loci.map((locus) => (
              <LocusRow key={locus.locus} locus={locus} candidate={candidate} widest={widest} />
            ))}
          </Table.Tbody>
          <Table.Tfoot>
            <Table.Tr>
              <Table.Th colSpan={members.length + 3}>{t('loci.total')}</Table.Th>
              <Table.Th ta="right" className="numbers">
                {formatLr(candidate.log10Lr)}
              </Table.Th>
              <Table.Th className="numbers">{candidate.log10Lr.toFixed(3)}</Table.Th>
            </Table.Tr>
          </Table.Tfoot>
        </Table>
      </ScrollBox>
      {omitted.length > 0 && (
        <Text size="sm" c="dimmed" mt="xs">
          {t('loci.omitted', {
            loci: omitted.map(({ locus, reason }) => `${locus} (${sayReason(reason)})`).join(', '),
          })}
        </Text>
      )}
    </Section>
  );
}

type RowProps = {
  readonly locus: LocusResult;
  readonly candidate: Candidate;
  readonly widest: number;
};

function LocusRow({ locus, candidate, widest }: RowProps) {
  const { members, relationship } = candidate;
  const relatives = members
    .map(({ sampleId }, place) =>
      locus.comparedWith.includes(sampleId) ? (locus.members[place] ?? null) : undefined,
    )
    .filter((alleles) => alleles !== undefined);
  const areParents = ['both-parents', 'father', 'mother'].includes(relationship);
  const mark = markLocus({ ...locus, relatives, areParents });
  return (
    <Table.Tr>
      <Table.Th scope="row">{locus.locus}</Table.Th>
      <Table.Td>
        <Genotype
          alleles={locus.child}
          shared={relatives.flatMap((alleles) => [...(alleles ?? [])])}
        />
      </Table.Td>
      {members.map(({ sampleId }, place) => (
        <Table.Td key={sampleId}>
          <Genotype alleles={locus.members[place] ?? null} shared={locus.child ?? []} />
        </Table.Td>
      ))}
      <Table.Td>
        <MarkText mark={mark} />
      </Table.Td>
      <Table.Td ta="right" className="numbers">
        {formatRatio(locus.kind, locus.log10Lr)}
      </Table.Td>
      <Table.Td>
        <LrBar log10Lr={locus.log10Lr} widest={widest} />
      </Table.Td>
    </Table.Tr>
  );
}

function Genotype({ alleles, shared }: { alleles: Alleles; shared: readonly string[] }) {
  const { t } = useTranslation();
  if (!alleles) return <Text c="dimmed">{t('loci.none')}</Text>;
  const shown = alleles.length === 1 ? [...alleles, ...alleles] : alleles;
  return (
    <span className="numbers">
      {shown.map((allele, place) => (
        <span key={place}>
          {place > 0 && ', '}
          <span className={shared.includes(allele) ? 'shared-allele' : undefined}>{allele}</span>
        </span>
      ))}
    </span>
  );
}
