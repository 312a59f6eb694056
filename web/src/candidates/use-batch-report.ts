import { skipToken, useQuery, useQueryClient } from '@tanstack/react-query';
import type { BatchReport } from './batch.ts';

const KEY = ['candidate-batch-report'];

/** The last answer for several candidates: it stays while candidates are opened, and goes when somebody signs out. */
export function useBatchReport() {
  const client = useQueryClient();
  const { data = null } = useQuery<BatchReport | null>({
    queryKey: KEY,
    queryFn: skipToken,
    staleTime: Infinity,
    gcTime: Infinity,
  });
  return [data, (report: BatchReport | null) => client.setQueryData(KEY, report)] as const;
}
