import { parse } from 'csv-parse/sync';
import { readFixture, readPlanted } from './demo-set.ts';
import { ageOf, drawer, type SampleRow } from './made-up-people.ts';

/** What a collection point says of a case, as `PUT /v1/cases/{caseId}/features` takes it. */
export type MadeUpFeatures = {
  readonly sex: 'female' | 'male';
  readonly born: Span;
  readonly happened: Span;
  readonly division: string;
};

type Span = { readonly earliest: string; readonly latest: string };

/** Districts of twelve provinces, GB/T 2260. */
const DISTRICTS = [
  '110101', '320102', '330102', '370102', '410102', '420102',
  '430102', '440305', '510104', '520102', '530102', '610102',
]; // prettier-ignore

/** The last whole year before the demo's people gave blood. */
const YEAR_OF_AGES = 2025;
/** Nobody knows the birthday of a person of unknown origin. */
const BIRTH_YEARS_UNSURE = 1;

/** What is said of a person of unknown origin, by sample id, and of a family's child, by family. */
export function makeUpCases(): ReadonlyMap<string, MadeUpFeatures> {
  const unknowns: SampleRow[] = parse(readFixture('demo/unknowns.csv'), { columns: true });
  const relatives: SampleRow[] = parse(readFixture('demo/families.csv'), { columns: true });
  const childOf = new Map(readPlanted().map(({ family, unknown }) => [family, unknown]));
  const rowOf = new Map(unknowns.map((row) => [row.sample_id, row]));
  const families = [...new Set(relatives.flatMap(({ family }) => family ?? []))];
  return new Map([
    ...unknowns.map((row) => [row.sample_id, describeUnknown(row)] as const),
    ...families.map((family) => {
      const child = rowOf.get(childOf.get(family) ?? '');
      return [family, child ? describeLost(child, family) : describeStranger(family)] as const;
    }),
  ]);
}

function describeUnknown(row: SampleRow): MadeUpFeatures {
  const draw = drawer(`found ${row.sample_id}`);
  const born = birthYear(row);
  const found = Math.min(born + 4 + draw(5), YEAR_OF_AGES);
  return {
    sex: row.sex,
    born: years(born - BIRTH_YEARS_UNSURE, born + BIRTH_YEARS_UNSURE),
    happened: years(found, found),
    division: district(draw),
  };
}

/** The child of a family who is among the people of unknown origin: sex and year of birth agree. */
function describeLost(child: SampleRow, family: string): MadeUpFeatures {
  return { ...lostBy(family, birthYear(child)), sex: child.sex };
}

function describeStranger(family: string): MadeUpFeatures {
  return lostBy(family, YEAR_OF_AGES - 8 - drawer(`child of ${family}`)(35));
}

function lostBy(family: string, born: number): MadeUpFeatures {
  const draw = drawer(`lost ${family}`);
  const lost = Math.min(born + draw(4), YEAR_OF_AGES);
  const sex = draw(2) === 0 ? 'female' : 'male';
  return { sex, born: years(born, born), happened: years(lost, lost), division: district(draw) };
}

function birthYear(row: SampleRow): number {
  return YEAR_OF_AGES - ageOf(row);
}

function years(first: number, last: number): Span {
  return { earliest: `${first}-01-01`, latest: `${last}-12-31` };
}

function district(draw: (bound: number) => number): string {
  return DISTRICTS[draw(DISTRICTS.length)] ?? '';
}
