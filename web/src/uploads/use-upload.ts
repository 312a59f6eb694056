import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { sendBatch, type Side } from './send-batch.ts';

/** A file from being chosen to its receipt: tried first, then sent when its report was seen. */
export function useUpload() {
  const [side, setSide] = useState<Side>('relatives');
  const [file, setFile] = useState<File | null>(null);
  const trial = useMutation({
    mutationFn: (chosen: File) => sendBatch(chosen, { side, dryRun: true }),
  });
  const sending = useMutation({
    mutationFn: (chosen: File) => sendBatch(chosen, { side, dryRun: false }),
  });
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
    error: sending.error ?? trial.error,
    /** Of the file as tried; nothing was written. */
    report: trial.data,
    receipt: sending.data,
    choose: (chosen: File): void => {
      setFile(chosen);
      sending.reset();
      trial.mutate(chosen);
    },
    send: (): void => {
      if (file) sending.mutate(file);
    },
    startAgain: (): void => {
      setFile(null);
      trial.reset();
      sending.reset();
    },
  };
}

export type UploadWork = ReturnType<typeof useUpload>;
