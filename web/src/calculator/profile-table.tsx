import { Button, Group, Table, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { BAR_WIDTH_PX, widestOf } from '../candidates/lr-bar.tsx';
import { formatRatio } from '../common/numbers.ts';
import { ScrollBox } from '../common/scroll-box.tsx';
import { type Draft, peopleOf } from './calculation-draft.ts';
import { LocusRow } from './locus-row.tsx';
import { useRole } from './question-form.tsx';
import { readAnswer } from './read-answer.ts';
import type { useCalculation } from './use-calculation.ts';

export type Answer = ReturnType<typeof useCalculation>;

type TableProps = {
  readonly draft: Draft;
  readonly known: readonly string[];
  readonly answer: Answer;
  readonly onChange: (draft: Draft) => void;
};

/** A row a locus: what was typed of whom, and what the service makes of it. */
export function ProfileTable({ draft, known, answer, onChange }: TableProps) {
  const { t } = useTranslation();
  const role = useRole();
  const people = peopleOf(draft);
  const read = readAnswer(draft, answer);
  const widest = widestOf([...read.byLocus.values()]);
  return (
    <>
      <ScrollBox label={t('loci.title')}>
        <Table
          className="calculator"
          withRowBorders
          miw={520 + 110 * people.length}
          verticalSpacing={3}
          aria-busy={answer.isOld}
        >
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t('loci.locus')}</Table.Th>
              {people.map(({ id }, place) => (
                <Table.Th key={place}>
                  <span className="codes">{id}</span>
                  <br />
                  <small>{role(draft, place)}</small>
                </Table.Th>
              ))}
              <Table.Th>{t('calculator.note')}</Table.Th>
              <Table.Th ta="right">{t('loci.lr')}</Table.Th>
              <Table.Th w={BAR_WIDTH_PX}>{t('loci.bar')}</Table.Th>
              <Table.Th className="no-print" aria-label={t('calculator.remove')} />
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {draft.loci.map((locus, row) => (
              <LocusRow
                key={locus}
                {...{ draft, locus, row, read, widest, onChange }}
                isOld={answer.isOld}
              />
            ))}
          </Table.Tbody>
          {read.total && (
            <Table.Tfoot className={answer.isOld ? 'old-answer' : undefined}>
              <Table.Tr>
                <Table.Th colSpan={people.length + 2}>{t('loci.total')}</Table.Th>
                <Table.Th ta="right" className="numbers">
                  {formatRatio(read.total.kind, read.total.log10Lr)}
                </Table.Th>
                <Table.Th className="numbers">{read.total.log10Lr?.toFixed(3) ?? '—'}</Table.Th>
                <Table.Th className="no-print" />
              </Table.Tr>
            </Table.Tfoot>
          )}
        </Table>
      </ScrollBox>
      <AddLocus draft={draft} known={known} onChange={onChange} />
    </>
  );
}

function AddLocus({ draft, known, onChange }: Omit<TableProps, 'answer'>) {
  const { t } = useTranslation();
  const add = (form: FormData): void => {
    const written = form.get('locus');
    if (typeof written !== 'string' || written.trim() === '') return;
    const name = written.trim();
    const locus = known.find((one) => one.toLowerCase() === name.toLowerCase()) ?? name;
    if (!draft.loci.includes(locus)) onChange({ ...draft, loci: [...draft.loci, locus] });
  };
  return (
    <form action={add} className="no-print">
      <Group gap="xs" align="flex-end" mt="sm">
        <TextInput
          name="locus"
          label={t('calculator.newLocus')}
          maxLength={50}
          size="xs"
          required
        />
        <Button type="submit" variant="default" size="xs">
          {t('calculator.addLocus')}
        </Button>
      </Group>
    </form>
  );
}
