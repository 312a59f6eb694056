import { Group, NumberInput, Radio } from '@mantine/core';
import { useTranslation } from 'react-i18next';

/** Who consented to contact, and how old the person of unknown origin is. */
export function ConsentFields({ isForAdult }: { isForAdult: boolean }) {
  const { t } = useTranslation();
  return (
    <Group align="flex-start">
      <Radio.Group
        name="by"
        label={t('cases.by')}
        defaultValue="person"
        error={isForAdult && t('policeReunion.guardian')}
      >
        <Group mt={4}>
          <Radio value="person" label={t('cases.person')} />
          <Radio value="guardian" label={t('cases.guardian')} />
        </Group>
      </Radio.Group>
      <NumberInput
        name="ageYears"
        label={t('cases.age')}
        required
        allowDecimal={false}
        min={0}
        max={120}
        w={120}
      />
    </Group>
  );
}
