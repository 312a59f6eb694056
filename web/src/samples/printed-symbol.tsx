import { useEffect, useState } from 'react';
import type { SymbolKind, SymbolPaths } from './symbol-paths.ts';

type SymbolProps = {
  readonly kind: SymbolKind;
  readonly text: string;
  /** What it is, for those who cannot see it. */
  readonly label: string;
  /** In pixels of the screen; print scales it alike. */
  readonly width: number;
};

/** A barcode or QR code, drawn as part of the page; nothing where the text does not fit into one. */
export function PrintedSymbol({ kind, text, label, width }: SymbolProps) {
  const [drawn, setDrawn] = useState<SymbolPaths | null>(null);
  useEffect(() => {
    // The drawer is large and wanted on paper alone; without a network the text is there to be read.
    const drawing = import('./symbol-paths.ts').then(({ drawSymbol }) => drawSymbol(kind, text));
    void drawing.then(setDrawn, () => {
      setDrawn(null);
    });
  }, [kind, text]);
  if (!drawn) return null;
  return (
    <svg
      viewBox={drawn.viewBox}
      width={width}
      role="img"
      aria-label={label}
      shapeRendering="crispEdges"
      className="printed-symbol"
    >
      {drawn.paths.map(({ d, strokeWidth }) => (
        <path
          key={d}
          d={d}
          fillRule="evenodd"
          {...(strokeWidth !== null && { stroke: '#000', strokeWidth })}
        />
      ))}
    </svg>
  );
}
