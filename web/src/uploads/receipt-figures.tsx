import { Group, Paper, SimpleGrid, Table, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useMoment } from '../common/dates.ts';
import type { Receipt } from './receipt.ts';

/** How many rows were taken, and by what the batch is found again. */
export function ReceiptFigures({ receipt }: { receipt: Receipt }) {
  const { t } = useTranslation();
  const moment = useMoment();
  const facts = [
    [t('uploads.batch'), receipt.batchId],
    [t('uploads.received'), moment(receipt.receivedAt)],
    [t('uploads.format'), [receipt.format, receipt.encoding].filter(Boolean).join(', ')],
    [t('uploads.hash'), receipt.contentHash],
  ];
  return (
    <>
      <SimpleGrid cols={{ base: 2, sm: 4 }} maw={720}>
        {(['accepted', 'extended', 'unchanged', 'refused'] as const).map((outcome) => (
          <Paper key={outcome} withBorder p="xs">
            <Group justify="space-between" gap={4}>
              <Text size="sm">{t(`uploads.${outcome}`)}</Text>
              <Text fw={700} size="lg" className="numbers">
                {receipt[outcome] ?? 0}
              </Text>
            </Group>
          </Paper>
        ))}
      </SimpleGrid>
      <Table variant="vertical" my="sm">
        <Table.Tbody>
          {facts
            .filter(([, value]) => value)
            .map(([name, value]) => (
              <Table.Tr key={name}>
                <Table.Th w={170}>{name}</Table.Th>
                <Table.Td className="codes" fz="sm">
                  {value}
                </Table.Td>
              </Table.Tr>
            ))}
        </Table.Tbody>
      </Table>
    </>
  );
}
