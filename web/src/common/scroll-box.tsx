import type { ReactNode } from 'react';

/** Lets what is wider than the page be scrolled sideways, by keyboard too. */
export function ScrollBox({ label, children }: { label: string; children: ReactNode }) {
  return (
    // What is hidden from the eye is placed within the box, too, and does not widen the page.
    <div
      style={{ overflowX: 'auto', position: 'relative' }}
      tabIndex={0}
      role="group"
      aria-label={label}
    >
      {children}
    </div>
  );
}
