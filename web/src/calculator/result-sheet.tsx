import { Button, Group, Loader, SimpleGrid, Text } from '@mantine/core';
import { useClipboard } from '@mantine/hooks';
import { useTranslation } from 'react-i18next';
import { formatRatio } from '../common/numbers.ts';
import { ProblemAlert } from '../common/problem-alert.tsx';
import { Section } from '../common/section.tsx';
import {
  type CalculationRequest,
  type CalculationResult,
  type Draft,
  peopleOf,
} from './calculation-draft.ts';
import type { Answer } from './profile-table.tsx';
import { readAnswer } from './read-answer.ts';

type SheetProps = {
  readonly draft: Draft;
  readonly missing: 'genotypes' | 'ids' | 'parameters' | null;
  readonly request: CalculationRequest | null;
  readonly answer: Answer;
};

/** What it all came to, against which hypothesis, and by what it is computed again. */
export function ResultSheet({ draft, missing, request, answer }: SheetProps) {
  const { t } = useTranslation();
  const { result, error, isOld } = answer;
  const { areFaultsShown } = readAnswer(draft, answer);
  return (
    <Section
      title={t('calculator.result')}
      action={
        <Text size="sm" role="status" mih={22}>
          {isOld && (
            <>
              <Loader size={12} mr={6} />
              {t('calculator.computing')}
            </>
          )}
        </Text>
      }
    >
      <Hypotheses draft={draft} />
      {missing !== null && <Text size="sm">{t(`calculator.missing.${missing}`)}</Text>}
      {error !== null && !areFaultsShown && <ProblemAlert error={error} />}
      {error !== null && areFaultsShown && (
        <Text size="sm" c="var(--mantine-color-error)" role="alert">
          {t('calculator.seeCells')}
        </Text>
      )}
      {result && error === null && (
        <div className={isOld ? 'old-answer' : undefined}>
          <Figures result={result} />
          {request && !isOld && <Copies request={request} result={result} />}
          <Provenance result={result} />
        </div>
      )}
    </Section>
  );
}

/** What the LR weighs, in words. */
function Hypotheses({ draft }: { draft: Draft }) {
  const { t } = useTranslation();
  const { asked, against } = draft;
  const people = peopleOf(draft);
  const ids = people.map(({ id }) => id);
  const [one = '', two = '', three = ''] = ids;
  const relatives = people.slice(1).map(({ id, relation }) => `${id} (${t(`relation.${relation}`)})`); // prettier-ignore
  const h1 = (): string => {
    if (asked === 'family') return t('calculator.h.family', { person: one, relatives: relatives.join(', ') }); // prettier-ignore
    if (asked === 'both-parents') return t('h1.both-parents', { first: two, second: three, person: one }); // prettier-ignore
    return t(`calculator.h.${asked}`, { first: one, second: two });
  };
  const h2 = (): string => {
    if (asked === 'family') return t('calculator.h.notOfFamily', { person: one });
    const isUnrelated = asked === 'both-parents' || against === 'unrelated';
    if (isUnrelated) return t('h2', { all: ids.join(', ') });
    return t(`calculator.h.${against}`, { first: one, second: two });
  };
  return (
    <>
      <Text size="sm">
        <b>{t('candidate.h1')}</b> {h1()}
      </Text>
      <Text size="sm" mb="sm">
        <b>{t('candidate.h2')}</b> {h2()}
      </Text>
    </>
  );
}

function Figures({ result }: { result: CalculationResult }) {
  const { t } = useTranslation();
  const [population] = result.populations;
  const total = population?.lrs[0];
  if (!population || !total) return null;
  const [inconsistencies] = population.inconsistencies;
  const figures = [
    { name: t('candidate.lr'), value: formatRatio(total.kind, total.log10Lr) },
    { name: t('candidate.log10'), value: total.log10Lr?.toFixed(3) ?? '—' },
    {
      name: t('candidate.loci'),
      value: String(population.loci.length),
      more: t('candidate.inconsistentCount', { count: inconsistencies?.observed ?? 0 }),
    },
  ];
  return (
    <SimpleGrid cols={{ base: 2, sm: 3 }} spacing="sm" mb="sm">
      {figures.map(({ name, value, more }) => (
        <div key={name}>
          <Text size="sm" c="dimmed">
            {name}
          </Text>
          <Text fw={700} size="xl" className="numbers">
            {value}
          </Text>
          <Text size="xs" c="dimmed">
            {more}
          </Text>
        </div>
      ))}
    </SimpleGrid>
  );
}

type CopiesProps = { readonly request: CalculationRequest; readonly result: CalculationResult };

/** For `homeward lr --calculation`, and for `homeward replay`. */
function Copies({ request, result }: CopiesProps) {
  const { t } = useTranslation();
  const clipboard = useClipboard({ timeout: 4_000 });
  const { frequencyTables: _named, ...calculation } = request;
  return (
    <Group gap="xs" className="no-print" mb="xs">
      <Button
        variant="default"
        size="xs"
        onClick={() => {
          clipboard.copy(JSON.stringify(calculation, null, 2));
        }}
      >
        {t('calculator.copyCase')}
      </Button>
      <Button
        variant="default"
        size="xs"
        onClick={() => {
          clipboard.copy(JSON.stringify(result, null, 2));
        }}
      >
        {t('calculator.copyResult')}
      </Button>
      <Text size="sm" role="status">
        {clipboard.copied && t('calculator.copied')}
        {clipboard.error && t('calculator.notCopied')}
      </Text>
    </Group>
  );
}

function Provenance({
  result: { engineVersion, inputHash, populations },
}: {
  result: CalculationResult;
}) {
  // prettier-ignore
  const { t } = useTranslation();
  const table = populations[0]?.frequencyTable;
  return (
    <Text size="xs" c="dimmed" className="codes">
      {engineVersion} · {t('calculator.input')} {inputHash}
      {table && ` · ${table.name} ${table.contentHash}`}
    </Text>
  );
}
