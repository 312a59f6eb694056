import { Select } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { queries } from '../api/client.ts';
import type { Role } from '../api/role.ts';
import { formText } from '../common/form-text.ts';
import { DivisionInput } from './division-input.tsx';
import { ROLES } from './roles.ts';

/** What a role sees, as the service takes it. */
export type Scope =
  | { readonly role: 'admin' | 'analyst' }
  | { readonly role: 'collection-point'; readonly collectionPointId: string }
  | { readonly role: 'police'; readonly jurisdiction: string };

/** The fields of a scope, as the service names them. */
export const SCOPE_FIELDS = ['role', 'collectionPointId', 'jurisdiction'];

/** What a form with {@link ScopeFields} says. */
export function readScope(form: HTMLFormElement, role: Role): Scope {
  switch (role) {
    case 'collection-point':
      return { role, collectionPointId: formText(form, 'collectionPointId') };
    case 'police':
      return { role, jurisdiction: formText(form, 'jurisdiction') };
    default:
      return { role };
  }
}

type ScopeProps = {
  readonly role: Role;
  readonly onRole: (role: Role) => void;
  readonly fault: (field: string) => string | null;
};

/** A role, and what those who have it see: their own collection point, or a jurisdiction. */
export function ScopeFields({ role, onRole, fault }: ScopeProps) {
  const { t } = useTranslation();
  return (
    <>
      <Select
        label={t('administration.role')}
        value={role}
        onChange={(value) => {
          onRole(ROLES.find((one) => one === value) ?? role);
        }}
        data={ROLES.map((value) => ({ value, label: t(`role.${value}`) }))}
        allowDeselect={false}
        required
      />
      {role === 'police' && <DivisionInput name="jurisdiction" error={fault('jurisdiction')} />}
      {role === 'collection-point' && <PointSelect error={fault('collectionPointId')} />}
    </>
  );
}

function PointSelect({ error }: { error: string | null }) {
  const { t } = useTranslation();
  const points = useCollectionPoints();
  return (
    <Select
      name="collectionPointId"
      label={t('role.collection-point')}
      placeholder={t('adminRules.choosePoint')}
      data={points.map(({ id, code, name }) => ({ value: id, label: `${code} · ${name}` }))}
      error={error}
      nothingFoundMessage={t('administration.empty')}
      searchable
      required
    />
  );
}

/** Every collection point, by its code. */
export function useCollectionPoints() {
  const { data } = queries.useQuery('get', '/v1/collection-points');
  return data && 'collectionPoints' in data ? data.collectionPoints : [];
}

/** How to say what somebody sees: a point by its code, a jurisdiction by its digits. */
export function useScopeText(): (stored: {
  readonly collectionPointId: string | null;
  readonly jurisdiction: string | null;
}) => string {
  const points = useCollectionPoints();
  return ({ collectionPointId, jurisdiction }) =>
    jurisdiction ?? points.find(({ id }) => id === collectionPointId)?.code ?? '—';
}
