import { Table, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import {
  formatCount,
  formatOneIn,
  formatPercent,
  formatProbability,
  formatRatio,
  formatSmall,
} from '../common/numbers.ts';
import { Section } from '../common/section.tsx';
import { leastOf, type Weighed } from './populations.tsx';
import { formatPosterior, log10PosteriorOdds } from './posterior.ts';

/** Posterior and chance candidates with what they follow from, and the posterior with another prior. */
export function Evaluation({ weighed }: { weighed: Weighed }) {
  const { t } = useTranslation();
  const { evaluation, database } = weighed;
  const { priorInDatabase, priorOfFamily, posterior, expectedChanceCandidates } = evaluation;
  const [families, unknowns, pairs] = [database.families, database.unknowns, database.pairs].map(
    formatCount,
  );
  const rows = [
    {
      name: t('evaluation.prior'),
      value: oneIn(priorOfFamily),
      why: t('evaluation.priorWhy', { prior: formatPercent(priorInDatabase), families }),
    },
    {
      name: t('candidate.posterior'),
      value: formatProbability(posterior),
      why: t('evaluation.posteriorWhy'),
    },
    {
      name: t('candidate.chance'),
      value: formatSmall(expectedChanceCandidates),
      why: t('evaluation.chanceWhy', { pairs, unknowns }),
    },
  ];
  return (
    <Section anchor="evaluation" title={t('evaluation.title')} text={t('evaluation.text')}>
      <Table variant="vertical" layout="auto">
        <Table.Tbody>
          {rows.map(({ name, value, why }) => (
            <Table.Tr key={name}>
              <Table.Th w={140}>{name}</Table.Th>
              <Table.Td>
                <Text fw={700}>{value}</Text>
                <Text size="sm" c="dimmed">
                  {why}
                </Text>
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      <OtherPrior weighed={weighed} />
    </Section>
  );

  function oneIn(prior: number): string {
    return t('evaluation.oneIn', { many: formatOneIn(prior) });
  }
}

/** What an analyst asks aside: nothing is kept of it. */
function OtherPrior({ weighed: { populations, evaluation } }: { weighed: Weighed }) {
  const { t } = useTranslation();
  const [written, setWritten] = useState(formatOneIn(evaluation.priorOfFamily));
  const oneIn = Number(written.replaceAll(',', '').trim() || NaN);
  const isPrior = Number.isFinite(oneIn) && oneIn > 1;
  const [ofPolicy, least] = [populations.find((one) => one.isOfPolicy), leastOf(populations)];
  const shown = [...new Set([ofPolicy, least])].filter((one) => one !== undefined);
  return (
    <div className="no-print">
      <TextInput
        mt="md"
        maw={360}
        inputMode="numeric"
        label={t('evaluation.other')}
        description={t('evaluation.otherText')}
        value={written}
        error={!isPrior && t('evaluation.invalid')}
        onChange={({ currentTarget }) => {
          setWritten(currentTarget.value);
        }}
      />
      <div role="status">
        {isPrior &&
          shown.map(({ name, kind, log10Lr }) => (
            <Text key={name} mt="xs">
              {t('evaluation.with', { name, lr: formatRatio(kind, log10Lr) })}{' '}
              <b className="numbers">
                {log10Lr === null ? '—' : formatPosterior(log10PosteriorOdds(log10Lr, oneIn))}
              </b>
            </Text>
          ))}
      </div>
    </div>
  );
}
