import { Group, Radio, Select, SimpleGrid, Text, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Section } from '../common/section.tsx';
import { LOCI, RELATIONS, SEXES } from './draft.ts';
import type { DraftForm } from './use-draft.ts';

const SIDES = ['relatives', 'unknowns'] as const;

/** Whether the profile comes with the laboratory's file or is typed here, and then whose it is. */
export function ProfileFields({ form }: { form: DraftForm }) {
  const { t } = useTranslation();
  const { draft, set } = form;
  return (
    <Section title={t('collection.profile')}>
      <Radio.Group
        aria-label={t('collection.profile')}
        value={draft.isTyped ? 'here' : 'later'}
        onChange={(value) => {
          set({ isTyped: value === 'here' });
        }}
      >
        <Radio
          value="later"
          label={t('collection.later')}
          description={t('collection.laterHelp')}
        />
        <Radio
          mt="xs"
          value="here"
          label={t('collection.here')}
          description={t('collection.hereHelp')}
        />
      </Radio.Group>
      {draft.isTyped && (
        <>
          <WhoseFields form={form} />
          <GenotypeFields form={form} />
        </>
      )}
    </Section>
  );
}

function WhoseFields({ form: { draft, set, text, faultOf } }: { form: DraftForm }) {
  const { t } = useTranslation();
  const isRelative = draft.side === 'relatives';
  return (
    <>
      <Radio.Group
        mt="md"
        label={t('uploads.side')}
        value={draft.side}
        onChange={(value) => {
          set({ side: SIDES.find((one) => one === value) ?? draft.side });
        }}
      >
        <Group mt={4}>
          {SIDES.map((one) => (
            <Radio key={one} value={one} label={t(`uploads.${one}`)} />
          ))}
        </Group>
      </Radio.Group>
      <SimpleGrid cols={{ base: 1, sm: 3 }} mt="sm">
        <Select
          label={t('collection.sex')}
          data={SEXES.map((value) => ({ value, label: t(`sex.${value}`) }))}
          value={draft.sex}
          allowDeselect={false}
          onChange={(value) => {
            set({ sex: SEXES.find((one) => one === value) ?? draft.sex });
          }}
        />
        {isRelative && (
          <>
            <TextInput
              {...text('family')}
              label={t('collection.family')}
              description={t('collection.familyHelp')}
              inputWrapperOrder={['label', 'input', 'description', 'error']}
              required
              autoComplete="off"
            />
            <Select
              label={t('collection.relation')}
              description={t('collection.relationHelp')}
              inputWrapperOrder={['label', 'input', 'description', 'error']}
              data={RELATIONS.map((value) => ({ value, label: t(`relation.${value}`) }))}
              value={draft.relation || null}
              error={faultOf('relation')}
              required
              searchable
              onChange={(value) => {
                set({ relation: RELATIONS.find((one) => one === value) ?? '' });
              }}
            />
          </>
        )}
      </SimpleGrid>
    </>
  );
}

function GenotypeFields({ form: { draft, set, faultOf } }: { form: DraftForm }) {
  const { t } = useTranslation();
  const fault = faultOf('genotypes');
  return (
    <fieldset className="plain-fieldset">
      <Text component="legend" size="sm" fw={500}>
        {t('collection.genotypes')}
      </Text>
      <Text size="xs" c="dimmed" mb="xs">
        {t('collection.genotypesHelp')}
      </Text>
      {fault !== undefined && (
        <Text size="xs" c="var(--mantine-color-error)" mb="xs" role="alert">
          {fault}
        </Text>
      )}
      <SimpleGrid cols={{ base: 2, xs: 3, sm: 4, md: 6 }} spacing="xs" verticalSpacing="xs">
        {LOCI.map((locus, place) => (
          <TextInput
            key={locus}
            size="xs"
            label={locus}
            value={draft.genotypes[locus] ?? ''}
            {...(place === 0 && fault !== undefined && { error: true })}
            autoComplete="off"
            classNames={{ input: 'codes' }}
            onChange={({ currentTarget: { value } }) => {
              set({ genotypes: { ...draft.genotypes, [locus]: value } });
            }}
          />
        ))}
      </SimpleGrid>
    </fieldset>
  );
}
