/** Whom the sample of a relative is of, to the missing child. */
export type Relation =
  | 'father'
  | 'mother'
  | 'sibling'
  | `${Side}-half-sibling`
  | `${Side}-grandfather`
  | `${Side}-grandmother`
  | `${Side}-uncle`
  | `${Side}-aunt`;

type Side = 'paternal' | 'maternal';

/** Of somebody who is typed. */
export type Member = {
  readonly sampleId: string;
  readonly relation: Relation;
  /** Whether the LR rests on them. */
  readonly counts: boolean;
};

export type Shape = 'square' | 'circle' | 'diamond';

export type Symbol = {
  readonly key: string;
  readonly shape: Shape;
  /** In units of the grid: columns from the left, generations from the top. */
  readonly x: number;
  readonly y: number;
  /** Who it is, or null for the person of unknown origin. */
  readonly relation: Relation | null;
  readonly sampleId: string | null;
  readonly isTyped: boolean;
  readonly counts: boolean;
};

type Line = { readonly x1: number; readonly y1: number; readonly x2: number; readonly y2: number };
export type Pedigree = {
  readonly symbols: readonly Symbol[];
  readonly lines: readonly Line[];
  readonly columns: number;
  readonly generations: number;
};

/**
 * A family around its missing child by the standard symbols: grandparents above, then the parents with
 * their brothers and sisters, then the children. Parents stand there typed or not, and grandparents where
 * somebody of their side needs them.
 */
export function layOutPedigree(members: readonly Member[]): Pedigree {
  const of = (...relations: Relation[]): Member[] =>
    members.filter(({ relation }) => relations.includes(relation));
  const isNeeded = (side: Side): boolean =>
    of(`${side}-grandfather`, `${side}-grandmother`, `${side}-uncle`, `${side}-aunt`).length > 0;
  const elders = isNeeded('paternal') || isNeeded('maternal');
  const parentsRow = elders ? 1 : 0;
  const childrenRow = parentsRow + 1;

  const siblings = of('sibling');
  const [paternalHalf, maternalHalf] = [of('paternal-half-sibling'), of('maternal-half-sibling')];
  const [fathers, mothers] = [
    of('paternal-uncle', 'paternal-aunt'),
    of('maternal-uncle', 'maternal-aunt'),
  ];
  const children = siblings.length + 1;
  // The couple stands over the middle of its children, and each one's own kin outside of it.
  const left = Math.max(fathers.length, paternalHalf.length);
  const fatherX = left + Math.max(0, (children - 2) / 2);
  const motherX = fatherX + 1;
  const middle = (fatherX + motherX) / 2;

  const symbols: Symbol[] = [];
  const lines: Line[] = [];
  const place = (
    member: Member | undefined,
    relation: Relation,
    x: number,
    y: number,
    number = 0,
  ): void => {
    symbols.push({
      key: `${relation} ${number}`,
      shape: shapeOf(relation),
      x,
      y,
      relation,
      sampleId: member?.sampleId ?? null,
      isTyped: member !== undefined,
      counts: member?.counts ?? false,
    });
  };

  place(of('father')[0], 'father', fatherX, parentsRow);
  place(of('mother')[0], 'mother', motherX, parentsRow);
  lines.push({ x1: fatherX, y1: parentsRow, x2: motherX, y2: parentsRow });

  const firstChildX = middle - (children - 1) / 2;
  symbols.push({ key: 'person', shape: 'diamond', x: firstChildX, y: childrenRow, relation: null, sampleId: null, isTyped: true, counts: true }); // prettier-ignore
  siblings.forEach((sibling, number) => {
    place(sibling, 'sibling', firstChildX + 1 + number, childrenRow, number);
  });
  const childrenX = [firstChildX, ...siblings.map((_, number) => firstChildX + 1 + number)];
  lines.push(...descend(middle, parentsRow, childrenX, childrenRow));

  const sides = [
    { side: 'paternal', parentX: fatherX, half: paternalHalf, kin: fathers, direction: -1 },
    { side: 'maternal', parentX: motherX, half: maternalHalf, kin: mothers, direction: 1 },
  ] as const;
  for (const { side, parentX, half, kin, direction } of sides) {
    const outermost =
      direction < 0 ? Math.min(parentX, firstChildX) : Math.max(parentX, ...childrenX);
    half.forEach((sibling, number) => {
      const x = outermost + direction * (number + 1);
      place(sibling, sibling.relation, x, childrenRow, number);
      lines.push({ x1: x, y1: childrenRow, x2: x, y2: childrenRow - 0.5 }, { x1: x, y1: childrenRow - 0.5, x2: parentX, y2: childrenRow - 0.5 }, { x1: parentX, y1: childrenRow - 0.5, x2: parentX, y2: parentsRow }); // prettier-ignore
    });
    if (!isNeeded(side)) continue;
    const kinX = kin.map((_, number) => parentX + direction * (number + 1));
    kin.forEach((one, number) => {
      place(one, one.relation, kinX[number] ?? parentX, parentsRow, number);
    });
    const above = parentX + (direction * Math.max(kin.length, 1)) / 2;
    place(of(`${side}-grandfather`)[0], `${side}-grandfather`, above - 0.5, 0);
    place(of(`${side}-grandmother`)[0], `${side}-grandmother`, above + 0.5, 0);
    lines.push({ x1: above - 0.5, y1: 0, x2: above + 0.5, y2: 0 });
    lines.push(...descend(above, 0, [parentX, ...kinX], parentsRow));
  }
  return fit(symbols, lines, childrenRow + 1);
}

/** From the middle of a couple down to a bar, and from the bar to each child. */
function descend(
  fromX: number,
  fromY: number,
  childrenX: readonly number[],
  childrenY: number,
): Line[] {
  const bar = childrenY - 0.5;
  const ends = [fromX, ...childrenX];
  return [
    { x1: fromX, y1: fromY, x2: fromX, y2: bar },
    { x1: Math.min(...ends), y1: bar, x2: Math.max(...ends), y2: bar },
    ...childrenX.map((x) => ({ x1: x, y1: bar, x2: x, y2: childrenY })),
  ];
}

/** Moves all so that the leftmost column is 0. */
function fit(symbols: readonly Symbol[], lines: readonly Line[], generations: number): Pedigree {
  const left = Math.min(...symbols.map(({ x }) => x));
  const right = Math.max(...symbols.map(({ x }) => x));
  return {
    symbols: symbols.map((symbol) => ({ ...symbol, x: symbol.x - left })),
    lines: lines.map((line) => ({ ...line, x1: line.x1 - left, x2: line.x2 - left })),
    columns: right - left + 1,
    generations,
  };
}

function shapeOf(relation: Relation): Shape {
  if (/father$|uncle$/.test(relation)) return 'square';
  if (/mother$|aunt$/.test(relation)) return 'circle';
  return 'diamond';
}
