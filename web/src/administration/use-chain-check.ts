import { useEffect, useRef, useState } from 'react';
import { api } from '../api/client.ts';
import type { paths } from '../api/schema.d.ts';

type Part = paths['/v1/audit/verification']['get']['responses'][200]['content']['application/json'];

/** How far a check of the chain is. */
export type ChainCheck =
  | { readonly state: 'running'; readonly part: Part | null }
  | { readonly state: 'ended'; readonly part: Part }
  | { readonly state: 'failed'; readonly error: unknown };

/** Checks the chain part by part, from its first entry to its end or the first that is not as it was. */
export function useChainCheck() {
  const [check, setCheck] = useState<ChainCheck | null>(null);
  const running = useRef<AbortController | null>(null);
  useEffect(() => () => running.current?.abort(), []);

  async function run(kept: string, signal: AbortSignal): Promise<void> {
    setCheck({ state: 'running', part: null });
    let part: Part | null = null;
    while (!part?.isComplete && !part?.fault) {
      const { data, error } = await checkPart(part?.head ?? null, kept, signal);
      if (signal.aborted) return;
      if (!data) {
        setCheck({ state: 'failed', error });
        return;
      }
      part = data;
      setCheck({ state: 'running', part });
    }
    setCheck({ state: 'ended', part });
  }

  return {
    check,
    /** @param kept a head that an earlier check said, or nothing */
    start: (kept: string): void => {
      running.current?.abort();
      const controller = new AbortController();
      running.current = controller;
      run(kept, controller.signal).catch((error: unknown) => {
        if (!controller.signal.aborted) setCheck({ state: 'failed', error });
      });
    },
    stop: (): void => {
      running.current?.abort();
      setCheck(null);
    },
  };
}

function checkPart(after: string | null, kept: string, signal: AbortSignal) {
  const query = { ...(after !== null && { after }), ...(kept !== '' && { kept }) };
  return api.GET('/v1/audit/verification', { params: { query }, signal });
}
