import {
  code128,
  type DrawingContext,
  drawingSVG,
  qrcode,
  type RenderOptions,
} from 'bwip-js/generic';

/** A drawing of black lines and surfaces. */
export type SymbolPaths = {
  readonly viewBox: string;
  readonly paths: readonly { readonly d: string; readonly strokeWidth: string | null }[];
};

export type SymbolKind = 'code128' | 'qrcode';

const OPTIONS: Readonly<Record<SymbolKind, Omit<RenderOptions, 'bcid' | 'text'>>> = {
  // Ten modules of quiet zone on either side, as scanners ask; height in millimetres.
  code128: { scale: 1, height: 12, paddingwidth: 10, includetext: false },
  qrcode: { scale: 1, padding: 4 },
};
const DRAW: Readonly<
  Record<SymbolKind, (options: RenderOptions, drawing: DrawingContext<string>) => string>
> = { code128, qrcode };

/** @returns null for a text that the symbol cannot hold, such as Chinese in Code 128 */
export function drawSymbol(kind: SymbolKind, text: string): SymbolPaths | null {
  try {
    const svg = DRAW[kind]({ bcid: kind, text, ...OPTIONS[kind] }, drawingSVG());
    const { documentElement: root } = new DOMParser().parseFromString(svg, 'image/svg+xml');
    const paths = [...root.querySelectorAll('path')].map((path) => ({
      d: path.getAttribute('d') ?? '',
      strokeWidth: path.getAttribute('stroke-width'),
    }));
    return { viewBox: root.getAttribute('viewBox') ?? '', paths };
  } catch {
    return null;
  }
}
