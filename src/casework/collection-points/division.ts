/** The province-level divisions of GB/T 2260-2007, the first two digits of every code. */
const PROVINCES: ReadonlySet<string> = new Set(
  // North, north-east, east, south and centre, south-west, north-west; Taiwan, Hong Kong, Macao.
  '11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 61 62 63 64 65 71 81 82'.split(' '), // prettier-ignore
);

/**
 * Whether a code is built as GB/T 2260 builds them: two digits each for province, city and county, 00 for
 * the whole. Which cities and counties there are changes every year and is not checked.
 */
export function isDivisionCode(code: string): boolean {
  if (!/^\d{6}$/.test(code) || !PROVINCES.has(code.slice(0, 2))) return false;
  const [city, county] = [code.slice(2, 4), code.slice(4)];
  return city !== '00' || county === '00';
}
