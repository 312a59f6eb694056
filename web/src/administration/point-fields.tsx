import { NumberInput, SimpleGrid, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { formText } from '../common/form-text.ts';
import { DivisionInput } from './division-input.tsx';
import type { PointContent } from './point-content.ts';

/** The fields of a collection point, as the service names them. */
export const POINT_FAULTS = [
  'code',
  'name',
  'division',
  'address',
  'phone',
  'position.latitude',
  'position.longitude',
  'monthlyQuota',
];

type FieldsProps = {
  readonly content?: PointContent;
  readonly fault: (field: string) => string | null;
};

/** Everything of a collection point but its code and state. */
export function PointFields({ content, fault }: FieldsProps) {
  const { t } = useTranslation();
  return (
    <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="sm">
      <TextInput
        name="name"
        label={t('administration.name')}
        defaultValue={content?.name}
        error={fault('name')}
        required
        maxLength={100}
        autoComplete="off"
      />
      <TextInput
        name="address"
        label={t('adminPoints.address')}
        defaultValue={content?.address ?? ''}
        error={fault('address')}
        maxLength={200}
        autoComplete="off"
      />
      <DivisionInput
        name="division"
        {...(content && { defaultValue: content.division })}
        error={fault('division')}
      />
      <TextInput
        name="phone"
        label={t('administration.phone')}
        description={t('adminRules.phone')}
        defaultValue={content?.phone ?? ''}
        error={fault('phone')}
        type="tel"
        autoComplete="off"
      />
      <PositionFields position={content?.position ?? null} fault={fault} />
      <NumberInput
        name="monthlyQuota"
        label={t('administration.quota')}
        description={t('adminPoints.quotaHelp')}
        defaultValue={content?.monthlyQuota ?? ''}
        error={fault('monthlyQuota')}
        min={0}
        max={1_000_000}
        allowDecimal={false}
      />
    </SimpleGrid>
  );
}

/** Degrees north and east. */
export function PositionFields({
  position,
  fault,
  required = false,
}: {
  position: PointContent['position'];
  fault: (field: string) => string | null;
  required?: boolean;
}) {
  const { t } = useTranslation();
  return (['latitude', 'longitude'] as const).map((name) => (
    <NumberInput
      key={name}
      name={name}
      label={t(`adminPoints.${name}`)}
      description={t('adminPoints.wgs84')}
      defaultValue={position?.[name] ?? ''}
      error={fault(`position.${name}`)}
      decimalScale={6}
      hideControls
      required={required}
    />
  ));
}

/** What a form with {@link PointFields} says. */
export function readPointContent(form: HTMLFormElement): PointContent {
  const textOf = (name: string): string | null => formText(form, name) || null;
  const quota = textOf('monthlyQuota');
  return {
    name: formText(form, 'name'),
    division: formText(form, 'division'),
    address: textOf('address'),
    phone: textOf('phone'),
    position: readPosition(form),
    monthlyQuota: quota === null ? null : Number(quota),
  };
}

/** Null where neither degree is written; one of them alone is refused by the service. */
export function readPosition(form: HTMLFormElement): PointContent['position'] {
  const [latitude, longitude] = [formText(form, 'latitude'), formText(form, 'longitude')];
  if (latitude === '' && longitude === '') return null;
  return { latitude: degrees(latitude), longitude: degrees(longitude) };
}

function degrees(text: string): number {
  return text === '' ? NaN : Number(text);
}
