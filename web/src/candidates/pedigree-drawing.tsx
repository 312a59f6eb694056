import { useTranslation } from 'react-i18next';
import type { Candidate } from './candidate-detail.ts';
import { layOutPedigree, type Symbol } from './pedigree-layout.ts';
import { ScrollBox } from '../common/scroll-box.tsx';

const COLUMN_PX = 116;
const GENERATION_PX = 112;
const SIZE_PX = 36;
const TOP_PX = 28;
const INK = '#212529';
const TYPED = '#99e9f2';
const PERSON = '#ffd8a8';

/** Squares are men, circles women, diamonds of unknown sex; filled where typed, thick where the LR rests on them. */
export function PedigreeDrawing({ candidate }: { candidate: Candidate }) {
  const { t } = useTranslation();
  const { unknown, family, members } = candidate;
  const { symbols, lines, columns, generations } = layOutPedigree(members);
  const [width, height] = [columns * COLUMN_PX, generations * GENERATION_PX];
  const at = (x: number, y: number): [number, number] => [
    (x + 0.5) * COLUMN_PX,
    TOP_PX + y * GENERATION_PX,
  ];
  return (
    <ScrollBox label={t('pedigree.title')}>
      <svg
        viewBox={`0 0 ${String(width)} ${String(height)}`}
        role="img"
        aria-label={t('pedigree.label', { family, person: unknown })}
        style={{
          width: '100%',
          maxWidth: width,
          minWidth: Math.min(width, 300),
          display: 'block',
          margin: '0 auto',
        }}
      >
        {lines.map(({ x1, y1, x2, y2 }, place) => {
          const [[fromX, fromY], [toX, toY]] = [at(x1, y1), at(x2, y2)];
          return (
            <line
              key={place}
              x1={fromX}
              y1={fromY}
              x2={toX}
              y2={toY}
              stroke={INK}
              strokeWidth={1.5}
            />
          );
        })}
        {symbols.map((symbol) => {
          const [x, y] = at(symbol.x, symbol.y);
          return <PedigreeSymbol key={symbol.key} symbol={symbol} x={x} y={y} person={unknown} />;
        })}
      </svg>
    </ScrollBox>
  );
}

type SymbolProps = {
  readonly symbol: Symbol;
  readonly x: number;
  readonly y: number;
  readonly person: string;
};

function PedigreeSymbol({ symbol, x, y, person }: SymbolProps) {
  const { t } = useTranslation();
  const { relation, sampleId, isTyped, counts } = symbol;
  const name = relation === null ? t('pedigree.person') : t(`relation.${relation}`);
  const code = relation === null ? person : (sampleId ?? t('pedigree.untyped'));
  const fill = relation === null ? PERSON : isTyped ? TYPED : '#fff';
  return (
    <g>
      <title>{`${name}: ${code}`}</title>
      <Outline symbol={symbol} x={x} y={y} fill={fill} strokeWidth={counts ? 3.5 : 1.5} />
      {relation === null && (
        <text x={x} y={y + 7} textAnchor="middle" fontSize={20} fontWeight={700} fill={INK}>
          ?
        </text>
      )}
      <text
        x={x}
        y={y + SIZE_PX / 2 + 16}
        textAnchor="middle"
        fontSize={12}
        fill={INK}
        stroke="#fff"
        strokeWidth={4}
        paintOrder="stroke"
      >
        {name}
      </text>
      <text
        x={x}
        y={y + SIZE_PX / 2 + 32}
        textAnchor="middle"
        fontSize={12}
        fontWeight={isTyped ? 600 : 400}
        fill={isTyped ? INK : '#495057'}
        stroke="#fff"
        strokeWidth={4}
        paintOrder="stroke"
      >
        {code}
      </text>
    </g>
  );
}

type OutlineProps = {
  readonly symbol: Symbol;
  readonly x: number;
  readonly y: number;
  readonly fill: string;
  readonly strokeWidth: number;
};

function Outline({ symbol: { shape, isTyped }, x, y, fill, strokeWidth }: OutlineProps) {
  const half = SIZE_PX / 2;
  const ink = { fill, stroke: INK, strokeWidth, ...(!isTyped && { strokeDasharray: '4 3' }) };
  if (shape === 'square')
    return <rect x={x - half} y={y - half} width={SIZE_PX} height={SIZE_PX} {...ink} />;
  if (shape === 'circle') return <circle cx={x} cy={y} r={half} {...ink} />;
  const points = [
    [x, y - half - 3],
    [x + half + 3, y],
    [x, y + half + 3],
    [x - half - 3, y],
  ];
  return <polygon points={points.map((point) => point.join(',')).join(' ')} {...ink} />;
}
