import { ActionIcon, Table, Text, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { LrBar } from '../candidates/lr-bar.tsx';
import { MarkText } from '../candidates/mark-text.tsx';
import { formatRatio } from '../common/numbers.ts';
import { type Draft, layInto, peopleOf } from './calculation-draft.ts';
import type { ReadAnswer } from './read-answer.ts';
import { readProfiles } from './read-profiles.ts';

type RowProps = {
  readonly draft: Draft;
  readonly locus: string;
  readonly row: number;
  readonly read: ReadAnswer;
  readonly widest: number;
  readonly isOld: boolean;
  readonly onChange: (draft: Draft) => void;
};

/** One locus: a field for everybody, and beside them what they say together. */
export function LocusRow({ draft, locus, row, read, widest, isOld, onChange }: RowProps) {
  const { t } = useTranslation();
  const found = read.byLocus.get(locus);
  const className = isOld ? 'old-answer' : undefined;
  const people = peopleOf(draft);
  const isTyped = people.some(({ genotypes }) => genotypes[locus]);
  return (
    <Table.Tr className={isTyped ? undefined : 'no-print'}>
      <Table.Th scope="row">{locus}</Table.Th>
      {people.map((person, place) => (
        <Table.Td key={place}>
          <GenotypeField
            {...{ draft, locus, row, place, onChange }}
            fault={read.faultOf(person.id, locus)}
          />
        </Table.Td>
      ))}
      <Table.Td className={className}>
        {found?.mark && <MarkText mark={found.mark} />}
        {read.notesOf(locus).map(({ who, reason }) => (
          <Text key={who} size="xs" c="dimmed">
            {who !== '' && <b>{who}: </b>}
            {t(`omitted.${reason}` as 'omitted.not-in-table', { defaultValue: reason })}
          </Text>
        ))}
      </Table.Td>
      <Table.Td ta="right" className={`numbers ${className ?? ''}`}>
        {found && formatRatio(found.kind, found.log10Lr)}
      </Table.Td>
      <Table.Td className={className}>
        <LrBar log10Lr={found?.log10Lr ?? null} widest={widest} />
      </Table.Td>
      <Table.Td className="no-print">
        <ActionIcon
          variant="subtle"
          color="gray"
          aria-label={t('calculator.removeLocus', { locus })}
          onClick={() => {
            onChange({ ...draft, loci: draft.loci.filter((one) => one !== locus) });
          }}
        >
          ×
        </ActionIcon>
      </Table.Td>
    </Table.Tr>
  );
}

type FieldProps = Pick<RowProps, 'draft' | 'locus' | 'row' | 'onChange'> & {
  readonly place: number;
  readonly fault: string | undefined;
};

/** Enter goes to the locus below; several rows that are pasted fill those below, too. */
function GenotypeField({ draft, locus, row, place, fault, onChange }: FieldProps) {
  const { t } = useTranslation();
  const person = draft.people[place];
  if (!person) return null;
  const write = (written: string): void => {
    const changed = { ...person, genotypes: { ...person.genotypes, [locus]: written } };
    onChange({ ...draft, people: draft.people.with(place, changed) });
  };
  return (
    <TextInput
      id={fieldId(row, place)}
      size="xs"
      miw={96}
      maw={180}
      maxLength={60}
      aria-label={t('calculator.genotypeOf', { locus, person: person.id })}
      value={person.genotypes[locus] ?? ''}
      error={fault}
      autoComplete="off"
      spellCheck={false}
      onChange={({ currentTarget }) => {
        write(currentTarget.value);
      }}
      onKeyDown={(event) => {
        if (event.key !== 'Enter') return;
        event.preventDefault();
        document.getElementById(fieldId(row + 1, place))?.focus();
      }}
      onPaste={(event) => {
        const text = event.clipboardData.getData('text');
        const profiles = text.includes('\n') ? readProfiles(text, draft.loci) : [];
        if (profiles.length === 0) return;
        event.preventDefault();
        onChange(layInto(draft, place, profiles));
      }}
    />
  );
}

function fieldId(row: number, place: number): string {
  return `genotype-${row}-${place}`;
}
