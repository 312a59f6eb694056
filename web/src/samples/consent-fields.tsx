import { Checkbox, Group, Radio, SimpleGrid, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Section } from '../common/section.tsx';
import { SIGNERS } from './draft.ts';
import type { DraftForm } from './use-draft.ts';

/** What was signed, for the one purpose that there is; who signed by name stays on the form. */
export function ConsentFields({ form: { draft, set, text, faultOf } }: { form: DraftForm }) {
  const { t } = useTranslation();
  return (
    <Section title={t('collection.consent')} text={t('collection.consentText')}>
      <SimpleGrid cols={{ base: 1, sm: 3 }}>
        <TextInput
          {...text('version')}
          label={t('collection.version')}
          description={t('collection.versionHelp')}
          required
          autoComplete="off"
        />
        <TextInput
          {...text('signedOn')}
          type="date"
          label={t('collection.signedOn')}
          description={t('collection.signedOnHelp')}
          required
        />
        <TextInput
          {...text('ageYears')}
          label={t('collection.age')}
          description={t('collection.ageHelp')}
          inputMode="numeric"
          required
          autoComplete="off"
        />
      </SimpleGrid>
      <Radio.Group
        mt="sm"
        label={t('collection.signer')}
        description={t('collection.signerHelp')}
        value={draft.signer}
        error={faultOf('signer')}
        onChange={(value) => {
          set({ signer: SIGNERS.find((one) => one === value) ?? draft.signer });
        }}
      >
        <Group mt={4}>
          {SIGNERS.map((one) => (
            <Radio key={one} value={one} label={t(`collection.signers.${one}`)} />
          ))}
        </Group>
      </Radio.Group>
      <Checkbox
        mt="sm"
        label={t('collection.deceased')}
        checked={draft.isDeceased}
        onChange={({ currentTarget: { checked } }) => {
          set({ isDeceased: checked, signer: checked ? 'next-of-kin' : 'self' });
        }}
      />
    </Section>
  );
}
