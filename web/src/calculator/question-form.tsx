import { Button, Group, NativeSelect, SimpleGrid, Stack, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import {
  addedPerson,
  ASKED,
  askFor,
  type Draft,
  type DraftPerson,
  MOST_PEOPLE,
  peopleOf,
  RELATIONS,
  RELATIONSHIPS,
  type Sex,
} from './calculation-draft.ts';

type QuestionProps = { readonly draft: Draft; readonly onChange: (draft: Draft) => void };

const SEXES = ['unknown', 'male', 'female'] as const satisfies readonly Sex[];
const UNRELATED = 'unrelated';

/** What is weighed against what, and of whom. */
export function QuestionForm({ draft, onChange }: QuestionProps) {
  const { t } = useTranslation();
  const { asked, against, people } = draft;
  const isFamily = asked === 'family' || asked === 'both-parents';
  return (
    <>
      <SimpleGrid cols={{ base: 1, sm: 2 }} mb="md">
        <NativeSelect
          label={t('calculator.h1')}
          data={ASKED.map((value) => ({ value, label: t(`calculator.asked.${value}`) }))}
          value={asked}
          onChange={({ currentTarget: { value } }) => {
            onChange(askFor(draft, ASKED.find((one) => one === value) ?? asked));
          }}
        />
        <NativeSelect
          label={t('calculator.h2')}
          data={[
            { value: UNRELATED, label: t('calculator.unrelated') },
            ...RELATIONSHIPS.map((value) => ({ value, label: t(`calculator.asked.${value}`) })),
          ]}
          value={isFamily ? UNRELATED : against}
          disabled={isFamily}
          onChange={({ currentTarget: { value } }) => {
            const chosen = RELATIONSHIPS.find((one) => one === value) ?? UNRELATED;
            onChange({ ...draft, against: chosen });
          }}
        />
      </SimpleGrid>
      <SimpleGrid cols={{ base: 1, xs: 2, md: 4 }} mb="xs">
        {peopleOf(draft).map((person, place) => (
          <PersonFields
            key={place}
            draft={draft}
            place={place}
            person={person}
            onChange={(changed) => {
              onChange({ ...draft, people: people.with(place, changed) });
            }}
          />
        ))}
      </SimpleGrid>
      {asked === 'family' && <FamilySize draft={draft} onChange={onChange} />}
    </>
  );
}

type PersonProps = {
  readonly draft: Draft;
  readonly place: number;
  readonly person: DraftPerson;
  readonly onChange: (person: DraftPerson) => void;
};

/** Who somebody is in the question; their sex where it counts. */
function PersonFields({ draft, place, person, onChange }: PersonProps) {
  const { t } = useTranslation();
  const role = useRole()(draft, place);
  const isRelative = draft.asked === 'family' && place > 0;
  const hasSex = draft.asked !== 'both-parents' && draft.asked !== 'family' && place === 0;
  return (
    <Stack gap={4}>
      <TextInput
        label={role}
        value={person.id}
        maxLength={100}
        error={person.id.trim() === ''}
        onChange={({ currentTarget }) => {
          onChange({ ...person, id: currentTarget.value });
        }}
      />
      {isRelative && (
        <NativeSelect
          label={t('calculator.relationOf', { person: person.id })}
          data={RELATIONS.map((value) => ({ value, label: t(`relation.${value}`) }))}
          value={person.relation}
          onChange={({ currentTarget: { value } }) => {
            const relation = RELATIONS.find((one) => one === value) ?? person.relation;
            onChange({ ...person, relation });
          }}
        />
      )}
      {hasSex && (
        <NativeSelect
          label={t('calculator.sexOf', { person: person.id })}
          data={SEXES.map((value) => ({ value, label: t(`sex.${value}`) }))}
          value={person.sex}
          onChange={({ currentTarget: { value } }) => {
            onChange({ ...person, sex: SEXES.find((one) => one === value) ?? person.sex });
          }}
        />
      )}
    </Stack>
  );
}

function FamilySize({ draft, onChange }: QuestionProps) {
  const { t } = useTranslation();
  const { people } = draft;
  return (
    <Group gap="xs" className="no-print">
      <Button
        variant="default"
        size="xs"
        disabled={people.length >= MOST_PEOPLE}
        onClick={() => {
          const another = addedPerson(people.map(({ id }) => id));
          onChange({ ...draft, people: [...people, another] });
        }}
      >
        {t('calculator.addRelative')}
      </Button>
      <Button
        variant="default"
        size="xs"
        disabled={people.length <= 2}
        onClick={() => {
          onChange({ ...draft, people: people.slice(0, -1) });
        }}
      >
        {t('calculator.removeRelative')}
      </Button>
    </Group>
  );
}

/** What somebody is called in the question. */
export function useRole(): (draft: Draft, place: number) => string {
  const { t } = useTranslation();
  return ({ asked, people }, place) => {
    const isFirst = place === 0;
    switch (asked) {
      case 'both-parents':
        return isFirst ? t('calculator.role.child') : t(`relation.${place === 1 ? 'father' : 'mother'}`); // prettier-ignore
      case 'family':
        return isFirst ? t('calculator.role.person') : t(`relation.${people[place]?.relation ?? 'father'}`); // prettier-ignore
      case 'parent-child':
        return t(isFirst ? 'calculator.role.parent' : 'calculator.role.child');
      case 'grandparent':
        return t(isFirst ? 'calculator.role.grandparent' : 'calculator.role.grandchild');
      case 'avuncular':
        return t(isFirst ? 'calculator.role.uncle' : 'calculator.role.nephew');
      default:
        return t(isFirst ? 'calculator.role.first' : 'calculator.role.second');
    }
  };
}
