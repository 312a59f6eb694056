import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { asProblem } from '../api/client.ts';
import { newId } from '../offline/person-outbox.ts';
import { useSubmit } from '../offline/use-submit.ts';
import type { Side } from './receipt.ts';
import { tryBatch, typeOfFile } from './send-batch.ts';

/** A file from being chosen to its receipt: tried first, then sent when its report was seen. */
export function useUpload() {
  const [side, setSide] = useState<Side>('relatives');
  const [file, setFile] = useState<File | null>(null);
  /** Of the file that is chosen: sent twice, it is taken once. */
  const [batchKey, setBatchKey] = useState('');
  const trial = useMutation({
    // Without a network it fails at once, and may be queued untried.
    networkMode: 'always',
    mutationFn: (chosen: File) => tryBatch(chosen, side),
  });
  const sending = useSubmit();
  const { data: result } = sending;
  return {
    side,
    setSide,
    file,
    /** What the service is doing with the file. */
    underWay: sending.isPending
      ? ('sending' as const)
      : trial.isPending
        ? ('trying' as const)
        : null,
    error: sending.error ?? (sending.isIdle ? trial.error : null),
    /** The service was not reached; the file may be queued as it is. */
    isUntried: trial.isError && asProblem(trial.error) === null,
    /** Of the file as tried; nothing was written. */
    report: trial.data,
    /** What became of it, once it was sent or queued. */
    result,
    receipt: result?.state === 'sent' ? result.receipts[0] : undefined,
    choose: (chosen: File): void => {
      setFile(chosen);
      setBatchKey(newId());
      sending.reset();
      trial.mutate(chosen);
    },
    send: (): void => {
      if (!file) return;
      const step = { kind: 'file', side, batchKey, type: typeOfFile(file.name) } as const;
      sending.mutate({ title: file.name, steps: [step], file });
    },
    startAgain: (): void => {
      setFile(null);
      trial.reset();
      sending.reset();
    },
  };
}

export type UploadWork = ReturnType<typeof useUpload>;
