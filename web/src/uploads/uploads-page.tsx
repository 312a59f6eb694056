import { Button, Group, Loader, Radio, Stack, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { ProblemAlert } from '../common/problem-alert.tsx';
import { Section } from '../common/section.tsx';
import { canKeep } from '../offline/can-keep.ts';
import { OutcomeAlert } from '../offline/outcome-alert.tsx';
import { RefusalAlert } from '../offline/refusal-alert.tsx';
import { DropPlace } from './drop-place.tsx';
import { ReceiptFigures } from './receipt-figures.tsx';
import { ReceiptSlips } from './receipt-slips.tsx';
import { RowReportTable } from './row-report-table.tsx';
import type { Side } from './receipt.ts';
import { Templates } from './templates.tsx';
import { type UploadWork, useUpload } from './use-upload.ts';

const SIDES = ['relatives', 'unknowns'] as const satisfies readonly Side[];

export function UploadsPage() {
  const { t } = useTranslation();
  const work = useUpload();
  const { file, underWay, error, report, receipt } = work;
  const shown = receipt ?? report;
  return (
    <Stack maw={1100}>
      <div>
        <Title order={1} size="h2">
          {t('uploads.title')}
        </Title>
        <Text c="dimmed">{t('uploads.text')}</Text>
      </div>
      {!file && <Choice work={work} />}
      {underWay && (
        <Group role="status">
          <Loader size="sm" />
          <Text>{t(`uploads.${underWay}`)}</Text>
        </Group>
      )}
      {error && <ProblemAlert error={error} />}
      <Outcome work={work} />
      {file && shown && (
        <Section title={t(receipt ? 'uploads.sentTitle' : 'uploads.tried')} text={file.name}>
          <ReceiptFigures receipt={shown} />
          <RowReportTable receipt={shown} />
        </Section>
      )}
      {receipt && <ReceiptSlips receipt={receipt} />}
      {file && !underWay && <Actions work={work} />}
    </Stack>
  );
}

/** What became of a file of which no receipt came, yet or at all. */
function Outcome({ work: { result, receipt, isUntried, underWay, send } }: { work: UploadWork }) {
  const { t } = useTranslation();
  if (result?.state === 'refused') return <RefusalAlert entry={result.entry} />;
  // Another page of this person was quicker.
  if (result?.state === 'sent' && !receipt) {
    return <OutcomeAlert isSent text={t('offline.fileSentBeside')} />;
  }
  if (result?.state === 'waiting') {
    const text = t(canKeep() ? 'offline.fileQueued' : 'offline.fileHeld');
    return <OutcomeAlert isSent={false} title={t('collection.queued')} text={text} />;
  }
  if (!isUntried || result || underWay) return null;
  return (
    <Group>
      <Text size="sm">{t('offline.untried')}</Text>
      <Button variant="default" onClick={send}>
        {t('offline.queue')}
      </Button>
    </Group>
  );
}

function Choice({ work: { side, setSide, choose } }: { work: UploadWork }) {
  const { t } = useTranslation();
  return (
    <>
      <Radio.Group
        label={t('uploads.side')}
        value={side}
        onChange={(value) => {
          setSide(SIDES.find((one) => one === value) ?? side);
        }}
      >
        <Group mt={4}>
          {SIDES.map((one) => (
            <Radio key={one} value={one} label={t(`uploads.${one}`)} />
          ))}
        </Group>
      </Radio.Group>
      <DropPlace onFile={choose} />
      <Templates side={side} />
    </>
  );
}

function Actions({ work: { report, receipt, result, send, startAgain } }: { work: UploadWork }) {
  const { t } = useTranslation();
  const count = report ? report.accepted + (report.extended ?? 0) : 0;
  return (
    <Group className="no-print">
      {report && !result && <SendButton count={count} onSend={send} />}
      {receipt && (
        <Button
          variant="default"
          onClick={() => {
            print();
          }}
        >
          {t('uploads.print')}
        </Button>
      )}
      <Button variant="default" onClick={startAgain}>
        {t('uploads.another')}
      </Button>
    </Group>
  );
}

function SendButton({ count, onSend }: { count: number; onSend: () => void }) {
  const { t } = useTranslation();
  if (count === 0) return <Text>{t('uploads.nothing')}</Text>;
  return <Button onClick={onSend}>{t('uploads.send', { count })}</Button>;
}
