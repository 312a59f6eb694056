import { Alert, Button, Group, List, Modal, Stack } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, asProblem, ifMatch } from '../api/client.ts';
import { ProblemAlert } from '../common/problem-alert.tsx';
import type { CollectionPoint } from './collection-points.tsx';
import { changedFields, mergeContent, type PointContent } from './point-content.ts';
import { POINT_FAULTS, PointFields, readPointContent } from './point-fields.tsx';
import { useFormChange } from './use-form-change.ts';

/** Changes a collection point, whole; what others change meanwhile is shown and not lost. */
export function ChangePoint({ point }: { point: CollectionPoint }) {
  const { t } = useTranslation();
  const [isOpen, dialog] = useDisclosure();
  const { code } = point;
  return (
    <>
      <Button
        size="compact-xs"
        variant="default"
        onClick={dialog.open}
        aria-label={t('adminPoints.changeOf', { code })}
      >
        {t('adminPoints.change')}
      </Button>
      <Modal
        opened={isOpen}
        onClose={dialog.close}
        title={t('adminPoints.changeOf', { code })}
        size="lg"
        closeButtonProps={{ 'aria-label': t('app.close') }}
      >
        <ChangeForm point={point} onClose={dialog.close} />
      </Modal>
    </>
  );
}

function ChangeForm({ point, onClose }: { point: CollectionPoint; onClose: () => void }) {
  const { t } = useTranslation();
  const form = useRef<HTMLFormElement>(null);
  /** What the fields began with, and whose version the change is made to. */
  const [base, setBase] = useState(point);
  const [content, setContent] = useState<PointContent>(point);
  const { submit, reset, isPending, fault, error } = useFormChange({
    send: (body: PointContent) =>
      api.PUT('/v1/collection-points/{pointId}', {
        params: { path: { pointId: point.id }, header: ifMatch(base.version) },
        body,
      }),
    fields: POINT_FAULTS,
    done: onClose,
  });
  const isStale = asProblem(error)?.code === 'VERSION_STALE';
  const takeOver = (): void => {
    if (form.current) setContent(mergeContent(base, readPointContent(form.current), point));
    setBase(point);
    reset();
  };
  return (
    <form
      ref={form}
      key={base.version}
      onSubmit={(event) => {
        event.preventDefault();
        submit(readPointContent(event.currentTarget));
      }}
    >
      <Stack gap="sm">
        <PointFields content={content} fault={fault} />
        {isStale && <Meanwhile before={base} after={point} onTakeOver={takeOver} />}
        {error !== null && !isStale && <ProblemAlert error={error} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t('app.cancel')}
          </Button>
          <Button type="submit" loading={isPending} disabled={isStale}>
            {t('adminPoints.save')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

type MeanwhileProps = {
  readonly before: CollectionPoint;
  readonly after: CollectionPoint;
  readonly onTakeOver: () => void;
};

/** What somebody else has changed since the form was opened. */
function Meanwhile({ before, after, onTakeOver }: MeanwhileProps) {
  const { t } = useTranslation();
  const say = (value: PointContent[keyof PointContent]): string =>
    typeof value === 'object' && value !== null
      ? `${value.latitude}, ${value.longitude}`
      : String(value ?? '—');
  return (
    <Alert
      color="orange"
      classNames={{ title: 'plain' }}
      role="alert"
      title={t('adminPoints.stale')}
    >
      <List size="sm" mb="xs">
        {changedFields(before, after).map((field) => (
          <List.Item key={field}>
            {t(`adminPoints.field.${field}`)}: {say(before[field])} → {say(after[field])}
          </List.Item>
        ))}
        {before.state !== after.state && (
          <List.Item>
            {t('administration.state')}: {t(`administration.${before.state}`)} →{' '}
            {t(`administration.${after.state}`)}
          </List.Item>
        )}
      </List>
      <Button size="xs" variant="default" onClick={onTakeOver}>
        {t('adminPoints.takeOver')}
      </Button>
    </Alert>
  );
}
