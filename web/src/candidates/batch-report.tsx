import { Anchor, Button, Table } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { ScrollBox } from '../common/scroll-box.tsx';
import { Section } from '../common/section.tsx';
import type { BatchReport, BatchRow } from './batch.ts';
import { useBatchReport } from './use-batch-report.ts';

/** What became of each, until somebody has read it. */
export function BatchReportSheet() {
  const { t } = useTranslation();
  const [report, setReport] = useBatchReport();
  if (!report) return null;
  const refused = report.rows.filter(({ refusal }) => refusal !== null).length;
  const done = report.rows.length - refused;
  return (
    <Section
      title={t(`candidateList.${report.kind}`)}
      text={t('candidateList.outcome', { done, refused })}
      action={
        <Button
          size="xs"
          variant="default"
          onClick={() => {
            setReport(null);
          }}
        >
          {t('app.close')}
        </Button>
      }
    >
      <ReportTable report={report} />
    </Section>
  );
}

function ReportTable({ report: { rows, kind } }: { report: BatchReport }) {
  const { t } = useTranslation();
  return (
    <div className="chosen">
      <ScrollBox label={t(`candidateList.${kind}`)}>
        <Table miw={480}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t('candidates.person')}</Table.Th>
              <Table.Th>{t('candidates.family')}</Table.Th>
              <Table.Th>{t('candidateList.became')}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {rows.map((row) => (
              <Table.Tr key={row.candidate.id}>
                <Table.Td className="codes">
                  <Anchor
                    size="sm"
                    renderRoot={(props) => (
                      <Link
                        to="/candidates/$candidateId"
                        params={{ candidateId: row.candidate.id }}
                        {...props}
                      />
                    )}
                  >
                    {row.candidate.unknown}
                  </Anchor>
                </Table.Td>
                <Table.Td className="codes">{row.candidate.family}</Table.Td>
                <Table.Td>
                  <Outcome row={row} />
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </ScrollBox>
    </div>
  );
}

/** Refusals that are common among several, in the words of the console; others in those of the service. */
const REFUSALS = ['VERSION_STALE', 'DECISION_NOT_ALLOWED', 'CANDIDATE_CLAIMED', 'NOT_FOUND', 'RATE_LIMITED'] as const; // prettier-ignore

function Outcome({ row: { state, refusal } }: { row: BatchRow }) {
  const { t } = useTranslation();
  if (!refusal) {
    return (
      <span className="mark mark-consistent">
        <span aria-hidden="true">✓ </span>
        {state
          ? t('candidateList.nowStands', { state: t(`state.${state}`) })
          : t('candidateList.done')}
      </span>
    );
  }
  const known = REFUSALS.find((code) => code === refusal.code);
  return (
    <span className="mark-excluded">
      <span aria-hidden="true">✕ </span>
      {known ? t(`candidateList.${known}`) : refusal.message || t('problem.network')}
    </span>
  );
}
