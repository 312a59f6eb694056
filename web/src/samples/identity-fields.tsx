import { SimpleGrid, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { DraftForm } from './use-draft.ts';

/** Who gave the sample: sealed in the vault, apart from the profile. */
export function IdentityFields({ form: { text, set } }: { form: DraftForm }) {
  const { t } = useTranslation();
  return (
    <SimpleGrid cols={{ base: 1, sm: 2 }}>
      <TextInput
        {...text('name')}
        label={t('collection.name')}
        maxLength={100}
        autoComplete="off"
      />
      <TextInput
        {...text('nationalId')}
        label={t('collection.nationalId')}
        maxLength={18}
        autoComplete="off"
        classNames={{ input: 'codes' }}
        onChange={({ currentTarget: { value } }) => {
          set({ nationalId: value.trim().toUpperCase() });
        }}
      />
      <TextInput
        {...text('phone')}
        label={t('collection.phone')}
        maxLength={25}
        inputMode="tel"
        autoComplete="off"
        classNames={{ input: 'codes' }}
      />
      <TextInput
        {...text('address')}
        label={t('collection.address')}
        maxLength={300}
        autoComplete="off"
      />
    </SimpleGrid>
  );
}
