export const BAR_WIDTH_PX = 150;

/** What the longest bar of a table stands for, in log10 LR. */
export function widestOf(loci: readonly { readonly log10Lr: number | null }[]): number {
  return Math.max(1, ...loci.map(({ log10Lr }) => Math.abs(log10Lr ?? 0)));
}

/** To the right for, to the left against. */
export function LrBar({ log10Lr, widest }: { log10Lr: number | null; widest: number }) {
  if (log10Lr === null) return null;
  const half = BAR_WIDTH_PX / 2;
  const length = (Math.abs(log10Lr) / widest) * (half - 2);
  return (
    <svg width={BAR_WIDTH_PX} height={14} aria-hidden="true" style={{ display: 'block' }}>
      <line x1={half} x2={half} y1={0} y2={14} stroke="#868e96" />
      <rect
        x={log10Lr < 0 ? half - length : half}
        y={2}
        width={length}
        height={10}
        fill={log10Lr < 0 ? '#c92a2a' : '#0b7285'}
      />
    </svg>
  );
}
