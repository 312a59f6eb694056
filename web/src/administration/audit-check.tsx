import { Alert, Button, Code, CopyButton, Group, Progress, Stack, Text, TextInput } from '@mantine/core'; // prettier-ignore
import { useTranslation } from 'react-i18next';
import { asProblem } from '../api/client.ts';
import { formText } from '../common/form-text.ts';
import { ProblemAlert } from '../common/problem-alert.tsx';
import { Section } from '../common/section.tsx';
import { type ChainCheck, useChainCheck } from './use-chain-check.ts';

/** Whether anybody has touched the record, and the head to keep for the next check. */
export function AuditCheck() {
  const { t } = useTranslation();
  const { check, start, stop } = useChainCheck();
  const isRunning = check?.state === 'running';
  const isWrong =
    check?.state === 'failed' && asProblem(check.error)?.faults.some(({ field }) => field === 'kept'); // prettier-ignore
  return (
    <Section title={t('adminAudit.check')} text={t('adminAudit.checkText')}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          start(formText(event.currentTarget, 'kept'));
        }}
      >
        <Stack gap="sm">
          <TextInput
            name="kept"
            label={t('adminAudit.kept')}
            description={t('adminAudit.keptHelp')}
            error={isWrong && t('adminRules.kept')}
            maxLength={100}
            autoComplete="off"
            spellCheck={false}
            classNames={{ input: 'codes' }}
          />
          <Group gap="sm">
            <Button type="submit" disabled={isRunning}>
              {t('adminAudit.verify')}
            </Button>
            {isRunning && (
              <Button variant="default" onClick={stop}>
                {t('adminAudit.stop')}
              </Button>
            )}
          </Group>
          {check && !isWrong && <Outcome check={check} />}
        </Stack>
      </form>
    </Section>
  );
}

function Outcome({ check }: { check: ChainCheck }) {
  const { t, i18n } = useTranslation();
  const number = (value: number): string => value.toLocaleString(i18n.language);
  if (check.state === 'failed') return <ProblemAlert error={check.error} />;
  const { head, last, fault } = check.part ?? { head: null, last: 0, fault: null };
  const reached = Number(head?.split(':', 1)[0] ?? 0);
  if (check.state === 'running') {
    return (
      <div role="status">
        <Progress
          value={last === 0 ? 0 : (reached / last) * 100}
          aria-label={t('adminAudit.check')}
        />
        <Text size="sm">
          {t('adminAudit.checked', { reached: number(reached), last: number(last) })}
        </Text>
      </div>
    );
  }
  return fault ? (
    <Alert color="red" role="alert" title={t('adminAudit.broken')}>
      {t(`adminAudit.fault.${fault.kind}`, { seq: number(fault.seq) })}
      {head !== null && <Head text={t('adminAudit.wholeUntil')} head={head} />}
    </Alert>
  ) : (
    <Alert
      color="green"
      classNames={{ title: 'plain' }}
      role="status"
      title={t('adminAudit.whole', { entries: number(reached) })}
    >
      {head === null ? (
        t('administration.empty')
      ) : (
        <Head text={t('adminAudit.keepThis')} head={head} />
      )}
    </Alert>
  );
}

function Head({ text, head }: { text: string; head: string }) {
  const { t } = useTranslation();
  return (
    <>
      <Text size="sm" my={4}>
        {text}
      </Text>
      <Group gap="sm">
        <Code className="codes">{head}</Code>
        <CopyButton value={head}>
          {({ copied, copy }) => (
            <Button size="compact-xs" variant="default" onClick={copy}>
              {copied ? t('adminKeys.copied') : t('adminKeys.copy')}
            </Button>
          )}
        </CopyButton>
      </Group>
    </>
  );
}
