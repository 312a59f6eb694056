/** A variable of a sum: an allele of somebody, or both. Its values are places in a domain. */
export type VariableId = number;

/** By variable: the number of values that it has. */
export type DomainSizes = readonly number[];

/**
 * A table over some variables, each once: `values` holds a number for each combination of their
 * values, the last variable running fastest.
 */
export type Factor = {
  readonly variables: readonly VariableId[];
  readonly values: Float64Array;
};

/** Number of entries of the product of some factors. */
export function productSize(factors: readonly Factor[], sizes: DomainSizes): number {
  let product = 1;
  for (const variable of variablesOf(factors)) product *= sizes[variable]!;
  return product;
}

/** The variables of some factors, each once, those of the first factor first. */
export function variablesOf(factors: readonly Factor[]): VariableId[] {
  const all: VariableId[] = [];
  for (const { variables } of factors) {
    for (const variable of variables) if (!all.includes(variable)) all.push(variable);
  }
  return all;
}

/** Multiplies the factors and sums one of their variables out. */
export function sumOut(
  factors: readonly Factor[],
  variable: VariableId,
  sizes: DomainSizes,
): Factor {
  const kept = variablesOf(factors).filter((one) => one !== variable);
  return addProducts(factors, kept, variable, sizes);
}

/** The product of the factors as one table over `variables`, which are all of theirs. */
export function multiply(
  factors: readonly Factor[],
  variables: readonly VariableId[],
  sizes: DomainSizes,
): Factor {
  return addProducts(factors, variables, null, sizes);
}

/**
 * The heart of every likelihood. Runs through the variables that stay, but for the last of them,
 * in an odometer; for each through the one that goes; and innermost through the last, along which
 * the table made, and mostly the factors too, lie in one piece.
 */
function addProducts(
  factors: readonly Factor[],
  kept: readonly VariableId[],
  gone: VariableId | null,
  sizes: DomainSizes,
): Factor {
  const outer = kept.slice(0, -1);
  const last = kept.at(-1);
  const width = last === undefined ? 1 : sizes[last]!;
  const depth = gone === null ? 1 : sizes[gone]!;
  const stridesAlong = (variable: VariableId | null | undefined): number[] =>
    factors.map((factor) => strideOf(factor, variable, sizes));
  const across = stridesAlong(last);
  const down = stridesAlong(gone);
  const steps = outer.map(stridesAlong);
  let size = width;
  for (const variable of outer) size *= sizes[variable]!;
  const values = new Float64Array(size);
  const places = outer.map(() => 0);
  const offsets = factors.map(() => 0);
  for (let row = 0; row < size; row += width) {
    addRow(values, row, width, depth, factors, offsets, across, down);
    for (let v = outer.length - 1; v >= 0; v--) {
      const count = sizes[outer[v]!]!;
      places[v]!++;
      const wraps = places[v] === count;
      for (let f = 0; f < offsets.length; f++) {
        offsets[f]! += wraps ? (1 - count) * steps[v]![f]! : steps[v]![f]!;
      }
      if (!wraps) break;
      places[v] = 0;
    }
  }
  return { variables: kept, values };
}

/** One and two factors are nearly all there is; they run without an inner loop over factors. */
function addRow(
  values: Float64Array,
  row: number,
  width: number,
  depth: number,
  factors: readonly Factor[],
  offsets: readonly number[],
  across: readonly number[],
  down: readonly number[],
): void {
  const [a, b] = factors;
  for (let place = 0; place < depth; place++) {
    const atA = a ? offsets[0]! + place * down[0]! : 0;
    const atB = b ? offsets[1]! + place * down[1]! : 0;
    if (factors.length === 1) {
      addScaled(values, row, width, 1, a!.values, atA, across[0]!);
    } else if (factors.length > 2) {
      addMany(values, row, width, place, factors, offsets, across, down);
    } else if (across[0] === 0) {
      addScaled(values, row, width, a!.values[atA]!, b!.values, atB, across[1]!);
    } else if (across[1] === 0) {
      addScaled(values, row, width, b!.values[atB]!, a!.values, atA, across[0]!);
    } else {
      addTwo(values, row, width, a!.values, atA, across[0]!, b!.values, atB, across[1]!);
    }
  }
}

function addScaled(
  values: Float64Array,
  row: number,
  width: number,
  scale: number,
  a: Float64Array,
  atA: number,
  stepA: number,
): void {
  if (scale === 0) return;
  const end = row + width;
  for (let at = row, one = atA; at < end; at++, one += stepA) values[at]! += scale * a[one]!;
}

function addTwo(
  values: Float64Array,
  row: number,
  width: number,
  a: Float64Array,
  atA: number,
  stepA: number,
  b: Float64Array,
  atB: number,
  stepB: number,
): void {
  const end = row + width;
  for (let at = row, one = atA, other = atB; at < end; at++, one += stepA, other += stepB) {
    values[at]! += a[one]! * b[other]!;
  }
}

function addMany(
  values: Float64Array,
  row: number,
  width: number,
  place: number,
  factors: readonly Factor[],
  offsets: readonly number[],
  across: readonly number[],
  down: readonly number[],
): void {
  for (let column = 0; column < width; column++) {
    let product = 1;
    for (let f = 0; f < factors.length && product !== 0; f++) {
      product *= factors[f]!.values[offsets[f]! + place * down[f]! + column * across[f]!]!;
    }
    values[row + column]! += product;
  }
}

function strideOf(
  { variables }: Factor,
  variable: VariableId | null | undefined,
  sizes: DomainSizes,
): number {
  const place = variable === null || variable === undefined ? -1 : variables.indexOf(variable);
  if (place < 0) return 0;
  let stride = 1;
  for (let v = place + 1; v < variables.length; v++) stride *= sizes[variables[v]!]!;
  return stride;
}
