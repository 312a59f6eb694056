/** A variable of a sum: one allele of one person. Its values are places in a domain. */
export type VariableId = number;

/**
 * A table over some variables: `values` holds a number for each combination of their values, the
 * last variable running fastest. `sizes` are the numbers of values.
 */
export type Factor = {
  readonly variables: readonly VariableId[];
  readonly sizes: readonly number[];
  readonly values: Float64Array;
};

/** A factor from a function of the values' places. */
export function makeFactor(
  variables: readonly VariableId[],
  sizes: readonly number[],
  valueAt: (places: readonly number[]) => number,
): Factor {
  const values = new Float64Array(sizes.reduce((product, size) => product * size, 1));
  const places = sizes.map(() => 0);
  for (let at = 0; at < values.length; at++) {
    values[at] = valueAt(places);
    advance(places, sizes);
  }
  return { variables, sizes, values };
}

/** Number of entries of the product of some factors. */
export function productSize(factors: readonly Factor[]): number {
  let size = 1;
  for (const { size: domain } of domainsOf(factors)) size *= domain;
  return size;
}

/** Multiplies the factors and sums one of their variables out. */
export function sumOut(factors: readonly Factor[], variable: VariableId): Factor {
  const domains = domainsOf(factors);
  const summed = domains.find((domain) => domain.variable === variable)!;
  const kept = domains.filter((domain) => domain !== summed);
  const sizes = kept.map(({ size }) => size);
  const steps = factors.map((factor) => kept.map((domain) => strideOf(factor, domain.variable)));
  const innerSteps = factors.map((factor) => strideOf(factor, variable));
  const values = new Float64Array(sizes.reduce((product, size) => product * size, 1));
  const places = sizes.map(() => 0);
  const offsets = factors.map(() => 0);
  for (let at = 0; at < values.length; at++) {
    values[at] = sumOfProducts(factors, offsets, innerSteps, summed.size);
    advanceOffsets(places, sizes, offsets, steps);
  }
  return { variables: kept.map((domain) => domain.variable), sizes, values };
}

function sumOfProducts(
  factors: readonly Factor[],
  offsets: readonly number[],
  steps: readonly number[],
  size: number,
): number {
  let sum = 0;
  for (let place = 0; place < size; place++) {
    let product = 1;
    for (let f = 0; f < factors.length && product !== 0; f++) {
      product *= factors[f]!.values[offsets[f]! + place * steps[f]!]!;
    }
    sum += product;
  }
  return sum;
}

/** Moves to the next combination of values. */
function advance(places: number[], sizes: readonly number[]): void {
  for (let v = sizes.length - 1; v >= 0; v--) {
    places[v]!++;
    if (places[v]! < sizes[v]!) return;
    places[v] = 0;
  }
}

function advanceOffsets(
  places: number[],
  sizes: readonly number[],
  offsets: number[],
  steps: readonly (readonly number[])[],
): void {
  for (let v = sizes.length - 1; v >= 0; v--) {
    places[v]!++;
    const wrapped = places[v] === sizes[v];
    for (let f = 0; f < offsets.length; f++) {
      offsets[f]! += wrapped ? -(sizes[v]! - 1) * steps[f]![v]! : steps[f]![v]!;
    }
    if (!wrapped) return;
    places[v] = 0;
  }
}

function strideOf({ variables, sizes }: Factor, variable: VariableId): number {
  const place = variables.indexOf(variable);
  if (place < 0) return 0;
  let stride = 1;
  for (let v = place + 1; v < sizes.length; v++) stride *= sizes[v]!;
  return stride;
}

function domainsOf(factors: readonly Factor[]): { variable: VariableId; size: number }[] {
  const sizes = new Map<VariableId, number>();
  for (const { variables, sizes: own } of factors) {
    variables.forEach((variable, place) => sizes.set(variable, own[place]!));
  }
  return [...sizes].map(([variable, size]) => ({ variable, size }));
}
