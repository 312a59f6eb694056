import { Button, Group, NativeSelect, Text, Textarea } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { DropPlace } from '../uploads/drop-place.tsx';
import { chooseLoci, type Draft, layInto, peopleOf } from './calculation-draft.ts';
import type { Kit } from './calculator.tsx';
import { readProfiles } from './read-profiles.ts';

/** More than any profile; nobody drops a database here. */
const MOST_CHARACTERS = 200_000;

type PasteProps = {
  readonly draft: Draft;
  readonly kits: readonly Kit[];
  readonly known: readonly string[];
  readonly onChange: (draft: Draft) => void;
};

/** Takes profiles as a whole: rows of loci, or rows of a table, typed, pasted or dropped. */
export function PasteBox({ draft, kits, known, onChange }: PasteProps) {
  const { t } = useTranslation();
  const [isOpen, setOpen] = useState(false);
  return (
    <div className="no-print">
      <Group gap="sm" align="flex-end" mb="sm">
        <NativeSelect
          label={t('calculator.kit')}
          data={[
            { value: '', label: t('calculator.chooseKit') },
            ...kits.map(({ name, maker }) => ({ value: name, label: `${name} (${maker})` })),
          ]}
          value=""
          onChange={({ currentTarget: { value } }) => {
            const kit = kits.find(({ name }) => name === value);
            if (kit) onChange(chooseLoci(draft, kit.loci));
          }}
        />
        <Button
          variant="default"
          aria-expanded={isOpen}
          onClick={() => {
            setOpen(!isOpen);
          }}
        >
          {t('calculator.paste')}
        </Button>
      </Group>
      {isOpen && <Pasting draft={draft} known={known} onChange={onChange} />}
    </div>
  );
}

function Pasting({ draft, known, onChange }: Omit<PasteProps, 'kits'>) {
  const { t } = useTranslation();
  const [text, setText] = useState('');
  const [from, setFrom] = useState(0);
  const [said, setSaid] = useState<{ people: number } | null>(null);
  const people = peopleOf(draft);
  const take = (written: string): void => {
    const profiles = readProfiles(written.slice(0, MOST_CHARACTERS), known);
    setSaid({ people: profiles.length });
    if (profiles.length === 0) return;
    onChange(layInto(draft, Math.min(from, people.length - 1), profiles));
    setText('');
  };
  return (
    <>
      <Textarea
        label={t('calculator.pasteLabel')}
        description={t('calculator.pasteHelp')}
        placeholder={'D3S1358 15,16\nTH01 6,9.3'}
        value={text}
        rows={5}
        mb="xs"
        classNames={{ input: 'codes' }}
        maxLength={MOST_CHARACTERS}
        onChange={({ currentTarget }) => {
          setText(currentTarget.value);
        }}
      />
      <Group gap="sm" align="flex-end" mb="sm">
        <NativeSelect
          label={t('calculator.pasteFor')}
          data={people.map(({ id }, place) => ({ value: String(place), label: id }))}
          value={String(from)}
          onChange={({ currentTarget }) => {
            setFrom(Number(currentTarget.value));
          }}
        />
        <Button
          disabled={text.trim() === ''}
          onClick={() => {
            take(text);
          }}
        >
          {t('calculator.take')}
        </Button>
        <Text size="sm" role="status">
          {said && t('calculator.taken', { count: said.people })}
        </Text>
      </Group>
      <DropPlace
        onFile={(file) => {
          void file.text().then(take);
        }}
      />
    </>
  );
}
