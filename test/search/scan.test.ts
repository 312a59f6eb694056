import t from 'tap';
import { LOCI as LOCI_24, randomFamilies } from '../../bench/random-families.ts';
import { readFrequencyCsv } from '../../src/formats/frequency-csv.ts';
import {
  encodeProfile,
  type LikelihoodParameters,
  LocusModels,
  makeParentageTable,
  scoreCouple,
  scoreDuo,
} from '../../src/kinship/index.ts';
import { type FamilyHits, runScoringTask, SearchIndex } from '../../src/search/index.ts';
import { readText } from '../package.ts';

const PARAMETERS: LikelihoodParameters = {
  mutation: {
    model: 'stepwise-extended',
    // Ten times as often as in life, so that true parents are found across mutations.
    male: { rate: 0.02, rate2: 1e-6, range: 0.1 },
    female: { rate: 0.005, rate2: 1e-6, range: 0.1 },
  },
  untypedParent: 'mutates',
  minimumFrequency: { rule: 'five-over-2n', appliesTo: 'all' },
  theta: 0,
};
const FAMILIES = 9_000;
const CHILDREN = 60;
const table = readFrequencyCsv(readText('fixtures/frequencies/nist1036_all.csv'));

t.test('in thousands of families the scan finds what scoring every pair finds', (t) => {
  const models = new LocusModels(table, PARAMETERS);
  const known = LOCI_24.flatMap((locus) => models.for(locus, []) ?? []);
  const families = randomFamilies(known, FAMILIES);
  const children = families.slice(0, CHILDREN).map(({ child }) => child);
  const index = new SearchIndex();
  families.forEach(({ father, mother }, place) => {
    if (place % 3 !== 1) index.addRelative(`father ${place}`, `${place}`, 'father', father);
    if (place % 3 !== 2) index.addRelative(`mother ${place}`, `${place}`, 'mother', mother);
  });

  const tabulated = makeParentageTable(models);
  const encode = families.map(({ father, mother }) => ({
    father: encodeProfile(tabulated, father),
    mother: encodeProfile(tabulated, mother),
  }));
  for (const threshold of [100, 10_000, 1e8]) {
    const least = Math.log10(threshold);
    const expected = children.map((child) => {
      const row = encodeProfile(tabulated, child);
      const found: string[] = [];
      encode.forEach(({ father, mother }, place) => {
        const duo = (role: 'father' | 'mother', parent: Uint16Array): boolean =>
          scoreDuo(tabulated, role, row, 0, parent, 0) >= least;
        const reached =
          (place % 3 !== 1 && duo('father', father)) ||
          (place % 3 !== 2 && duo('mother', mother)) ||
          (place % 3 === 0 && scoreCouple(tabulated, row, 0, father, 0, mother, 0) >= least);
        if (reached) found.push(`${place}`);
      });
      return found;
    });
    const policy = { key: `LR ${threshold}`, table, parameters: PARAMETERS, threshold };
    const hits = runScoringTask({ kind: 'scan-families', policy, index: index.snapshot(), children }) as FamilyHits[]; // prettier-ignore
    const found = hits.map((one) => index.familiesAt(one));
    const count = expected.flat().length;
    const lost = expected.flatMap((ids, child) => ids.filter((id) => !found[child]!.includes(id)));
    t.strictSame(lost, [], `LR ${threshold}: none of ${count} lost`);
    t.ok(count >= CHILDREN / 3, `${count} found in ${CHILDREN * FAMILIES} pairs`);
    t.ok(found.flat().length <= 1.25 * count, `${found.flat().length} left to the judge`);
  }
  t.end();
});

t.test('a thread that was warmed up finds what one does that was not', (t) => {
  const models = new LocusModels(table, PARAMETERS);
  const families = randomFamilies(
    LOCI_24.flatMap((locus) => models.for(locus, []) ?? []),
    300,
  );
  const children = families.slice(0, CHILDREN).map(({ child }) => child);
  const index = new SearchIndex();
  families.forEach(({ father, mother }, place) => {
    index.addRelative(`father ${place}`, `${place}`, 'father', father);
    if (place % 2 === 0) index.addRelative(`mother ${place}`, `${place}`, 'mother', mother);
  });
  const before = JSON.stringify(index.snapshot());
  const find = (key: string): unknown => {
    const policy = { key, table, parameters: PARAMETERS, threshold: 1_000 };
    if (key === 'warm') runScoringTask({ kind: 'warm-up', policy, index: index.snapshot() });
    return runScoringTask({ kind: 'scan-families', policy, index: index.snapshot(), children });
  };
  const cold = find('cold') as FamilyHits[];
  t.ok(cold.flat().length >= CHILDREN / 3, `${cold.flat().length} places found`);
  t.strictSame(find('warm'), cold);
  t.equal(JSON.stringify(index.snapshot()), before, 'nobody who was made up is in the index');
  t.end();
});
