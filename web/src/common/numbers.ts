const SUPERSCRIPTS = '⁰¹²³⁴⁵⁶⁷⁸⁹';
const SMALLEST_PLAIN = -3;
const LARGEST_PLAIN = 4;

function superscript(exponent: number): string {
  const digits = String(Math.abs(exponent)).replace(/\d/g, (digit) =>
    SUPERSCRIPTS.charAt(Number(digit)),
  );
  return exponent < 0 ? `⁻${digits}` : digits;
}

/** A power of ten, as the axis of a chart has it. */
export function formatDecade(value: number): string {
  const exponent = Math.round(Math.log10(value));
  return exponent >= 0 && exponent <= 2 ? String(10 ** exponent) : `10${superscript(exponent)}`;
}

/** Without an exponent; whole from a thousand on. */
function formatPlain(value: number): string {
  return value < 999.5 ? value.toPrecision(3) : value.toFixed(0);
}

/** A likelihood ratio with three significant digits, from its log10. */
export function formatLr(log10: number): string {
  if (log10 > SMALLEST_PLAIN && log10 < LARGEST_PLAIN) return formatPlain(10 ** log10);
  let exponent = Math.floor(log10);
  let mantissa = (10 ** (log10 - exponent)).toFixed(2);
  if (mantissa === '10.00') [mantissa, exponent] = ['1.00', exponent + 1];
  return `${mantissa} × 10${superscript(exponent)}`;
}

/** What a locus or a relationship came to: a number, or what it is instead. */
export function formatRatio(kind: string, log10: number | null): string {
  if (kind === 'excluded') return '0';
  if (kind === 'infinite') return '∞';
  return log10 === null ? '—' : formatLr(log10);
}

/** A number that may be very small, such as how many candidates chance would bring. */
export function formatSmall(value: number): string {
  return value === 0 ? '0' : formatLr(Math.log10(value));
}

/** What is so near 1 that a double no longer tells it from 1. */
const NEAREST_REST = 2 ** -53;

/** A probability or a share nearer to 0 or 1 than this is shown by its distance. */
const LEAST_PLAIN = 0.001;

/** A probability near 0 or 1 keeps the digits that tell it from them: nothing certain is made of what is not. */
export function formatProbability(probability: number): string {
  const rest = 1 - probability;
  if (rest <= 0) return `> 1 − ${formatSmall(NEAREST_REST)}`;
  if (rest <= LEAST_PLAIN) return `1 − ${formatSmall(rest)}`;
  return probability < LEAST_PLAIN ? formatSmall(probability) : probability.toFixed(4);
}

/** The N of a probability of 1 in N: three digits, whole from a thousand on, and never 1 of what is not certain. */
export function formatOneIn(probability: number): string {
  const many = 1 / probability;
  if (many >= 999.5) return formatCount(many);
  const digits = 3 + Math.max(0, Math.floor(-Math.log10(many - 1)));
  return String(Number(many.toPrecision(Math.min(digits, 17))));
}

/** A difference, with its sign unless it is shown as nothing. */
export function formatGain(gain: number): string {
  const digits = { minimumFractionDigits: 2, maximumFractionDigits: 2 };
  return gain.toLocaleString('en', { ...digits, signDisplay: 'exceptZero', useGrouping: false });
}

/**
 * A share in percent; 0 % and 100 % are nothing and all, never nearly so.
 * @param rest what is left of 1, where it is known better than by the difference
 */
export function formatPercent(share: number, rest = 1 - share): string {
  if (rest < LEAST_PLAIN) return rest <= 0 ? '100 %' : `100 % − ${formatSmall(rest * 100)} %`;
  if (share < LEAST_PLAIN) return `${formatSmall(share * 100)} %`;
  return `${(share * 100).toFixed(share > 0.0995 && rest > 0.01 ? 0 : 1)} %`;
}

/** How many there are, in groups of three digits. */
export function formatCount(count: number): string {
  return count.toLocaleString('en', { maximumFractionDigits: 0 });
}
