import fc from 'fast-check';
import t from 'tap';
import { isDivisionCode } from '../../src/casework/collection-points/division.ts';
import {
  distanceMetres,
  findNearest,
  type Position,
} from '../../src/casework/collection-points/nearest.ts';

const anywhere = fc.record({
  latitude: fc.double({ min: -90, max: 90, noNaN: true }),
  longitude: fc.double({ min: -180, max: 180, noNaN: true }),
});

/** The great circle on a sphere of the mean radius: within 0.6 % of the ellipsoid, and no library's. */
function onSphere(a: Position, b: Position): number {
  const toUnit = ({ latitude, longitude }: Position): number[] => {
    const [phi, lambda] = [(latitude * Math.PI) / 180, (longitude * Math.PI) / 180];
    return [Math.cos(phi) * Math.cos(lambda), Math.cos(phi) * Math.sin(lambda), Math.sin(phi)];
  };
  const [p, q] = [toUnit(a), toUnit(b)];
  return 6_371_008.8 * 2 * Math.asin(Math.min(1, Math.hypot(...p.map((x, i) => x - q[i]!)) / 2));
}

t.test('distances are those of the ellipsoid', async (t) => {
  // Wellington to Salamanca, nearly antipodal: the example of GeographicLib's documentation.
  const wellington = { latitude: -41.32, longitude: 174.81 };
  const salamanca = { latitude: 40.96, longitude: -5.5 };
  t.ok(Math.abs(distanceMetres(wellington, salamanca) - 19_959_679.267) < 0.001);
  fc.assert(
    fc.property(anywhere, anywhere, (a, b) => {
      const sphere = onSphere(a, b);
      return Math.abs(distanceMetres(a, b) - sphere) <= 0.006 * sphere + 0.001;
    }),
  );
});

t.test('the nearest are found, and in their order', async (t) => {
  fc.assert(
    fc.property(
      fc.array(fc.record({ position: anywhere }), { maxLength: 30 }),
      anywhere,
      fc.integer({ min: 1, max: 10 }),
      (places, from, limit) => {
        const found = findNearest(places, from, limit);
        const others = places.filter((one) => !found.some(({ position }) => position === one.position)); // prettier-ignore
        const farthest = found.at(-1)?.metres ?? 0;
        return (
          found.length === Math.min(limit, places.length) &&
          found.every(({ metres }, at) => at === 0 || metres >= found[at - 1]!.metres) &&
          others.every(({ position }) => distanceMetres(from, position) >= farthest)
        );
      },
    ),
  );
  t.pass();
});

t.test('division codes are built as GB/T 2260 says', async (t) => {
  for (const code of ['110000', '510100', '510104', '440305', '659001', '820000']) {
    t.ok(isDivisionCode(code), code);
  }
  // No province, a county of no city, too short, too long, digits of another script.
  for (const code of ['000000', '160000', '510004', '51010', '5101040', '５１０１０４', '51010a']) {
    t.notOk(isDivisionCode(code), code);
  }
});
