import { Group, Table, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { PrintedSymbol } from './printed-symbol.tsx';
import { useOwnPoint } from './use-own-point.ts';

export type Slip = {
  readonly sampleId: string;
  /** Of the tube; null where none is known. */
  readonly barcode: string | null;
  /** Null while the case is not open. */
  readonly caseId: string | null;
  readonly facts: readonly (readonly [name: string, value: string])[];
};

const BARCODE_WIDTH = 300;
const QR_WIDTH = 130;

/**
 * What is given to somebody on paper, of the size of A5. It bears neither a name nor a genotype, and its QR code no more
 * than the two codes that stand beside it.
 */
export function SampleSlip({ slip: { sampleId, barcode, caseId, facts } }: { slip: Slip }) {
  const { t } = useTranslation();
  const codes = [sampleId, ...(caseId === null ? [] : [caseId])];
  const named = [
    [t('slip.sample'), sampleId],
    ...(barcode === null || barcode === sampleId ? [] : [[t('slip.tube'), barcode]]),
    ...(caseId === null ? [] : [[t('slip.case'), caseId]]),
  ] as const;
  const said = [
    ...(caseId === null ? [[t('slip.case'), t('slip.noCase')] as const] : []),
    ...facts,
  ];
  return (
    <article className="slip" aria-label={t('slip.of', { sample: sampleId })}>
      <Group justify="space-between" align="flex-start" wrap="wrap">
        <div>
          <Title order={2} size="h4" mb="xs">
            {t('slip.title')}
          </Title>
          <PrintedSymbol
            kind="code128"
            text={sampleId}
            label={t('slip.barcodeOf', { text: sampleId })}
            width={BARCODE_WIDTH}
          />
        </div>
        <PrintedSymbol
          kind="qrcode"
          text={codes.join(' ')}
          label={t('slip.qrOf', { text: codes.join(' ') })}
          width={QR_WIDTH}
        />
      </Group>
      <Table variant="vertical" my="sm">
        <Table.Tbody>
          {named.map(([name, value]) => (
            <Table.Tr key={name}>
              <Table.Th w={140}>{name}</Table.Th>
              <Table.Td className="codes">{value}</Table.Td>
            </Table.Tr>
          ))}
          {said.map(([name, value]) => (
            <Table.Tr key={name}>
              <Table.Th w={140}>{name}</Table.Th>
              <Table.Td>{value}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      <Text size="sm">{t('slip.purpose')}</Text>
      <Text size="sm">{t('slip.rights')}</Text>
      <PointLine />
    </article>
  );
}

/** Who may be asked. */
function PointLine() {
  const { t } = useTranslation();
  const point = useOwnPoint();
  if (!point) return null;
  const { name, code, address, phone } = point;
  const where = [`${name} (${code})`, address, phone].filter((part) => part !== null).join(' · ');
  return (
    <Text size="sm" mt="xs" fw={600}>
      {t('slip.ask', { where })}
    </Text>
  );
}
