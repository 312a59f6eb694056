import { type HotkeyItem, useHotkeys } from '@mantine/hooks';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import type { CandidateSummary } from './candidate-view.ts';
import type { Selection } from './use-selection.ts';

/** j and k go down and up, Enter opens, x marks, Shift x marks up to here, / goes to the filter. */
export function useCurrentRow(
  candidates: readonly CandidateSummary[],
  act: Selection['act'],
  onFilter: () => void,
  scrollTo: (place: number) => void,
) {
  const [chosen, setCurrent] = useState(0);
  const navigate = useNavigate();
  const last = candidates.length - 1;
  // The list may have grown shorter since.
  const current = Math.max(0, Math.min(chosen, last));
  const candidate = candidates[current];
  const go = (step: number): void => {
    const place = Math.max(0, Math.min(current + step, last));
    setCurrent(place);
    scrollTo(place);
  };
  const open = (): void => {
    if (!candidate || document.activeElement?.matches('a, button, input')) return;
    void navigate({ to: '/candidates/$candidateId', params: { candidateId: candidate.id } });
  };
  const keys: Readonly<Record<string, () => void>> = {
    j: () => {
      go(1);
    },
    k: () => {
      go(-1);
    },
    x: () => {
      if (candidate) act({ do: 'toggle', id: candidate.id });
    },
    'shift + x': () => {
      if (candidate) act({ do: 'extend', id: candidate.id });
    },
    Enter: open,
    '/': onFilter,
  };
  useHotkeys(Object.entries(keys).map(toHotkey), []);
  return [current, setCurrent] as const;
}

function toHotkey([key, act]: [string, () => void]): HotkeyItem {
  const handle = (event: KeyboardEvent): void => {
    if (isWrittenInto(event.target)) return;
    // Enter still opens what has the focus.
    if (key !== 'Enter') event.preventDefault();
    act();
  };
  return [key, handle, { preventDefault: false }];
}

/** Keys are not the list's where somebody writes, or in a dialog; a box that is ticked takes none of them. */
function isWrittenInto(target: EventTarget | null): boolean {
  if (!(target instanceof Element)) return false;
  return target.closest('textarea, select, input:not([type=checkbox]), [role=dialog]') !== null;
}
