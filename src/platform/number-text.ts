/** An LR from its logarithm, however large or small, with so many digits. */
export function formatRatio(log10Lr: number, digits: number): string {
  if (Math.abs(log10Lr) < 300) return (10 ** log10Lr).toPrecision(digits);
  const exponent = Math.floor(log10Lr);
  const mantissa = (10 ** (log10Lr - exponent)).toFixed(digits - 1);
  return `${mantissa}e${exponent < 0 ? '-' : '+'}${Math.abs(exponent)}`;
}

/** A probability or an expected number: three digits, small ones as a power of ten. */
export function formatSmall(value: number): string {
  if (value === 0) return '0';
  return value >= 0.001 ? value.toPrecision(3) : value.toExponential(1);
}

/** A posterior: as many nines as it has, never rounded to 1. */
export function formatPosterior(probability: number): string {
  const rest = 1 - probability;
  if (rest <= 0) return '>0.999999999999999';
  const digits = Math.min(15, Math.max(4, Math.ceil(-Math.log10(rest)) + 1));
  return probability.toFixed(digits).replace(/^1\.0+$/, `>${(1 - 10 ** -digits).toFixed(digits)}`);
}
