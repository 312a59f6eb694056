import assert from 'node:assert/strict';
import type { ParentRole, Profile } from '../src/kinship/index.ts';
import {
  type FamilyProfiles,
  judge,
  scanFamilies,
  scanUnknowns,
  SearchIndex,
} from '../src/search/index.ts';
import { demoModels, demoPeople, race } from './measure.ts';

/** Scan and judge against judging every pair: the same candidates, on one thread. */
const THRESHOLD = 10_000;
const CANDIDATES = 120;
const models = demoModels();
const unknowns = (await demoPeople('unknowns')).map(({ profile }) => profile);
const families = new Map<string, Partial<Record<ParentRole, Profile>>>();
const index = new SearchIndex();
for (const { sampleId, family, relation, profile } of await demoPeople('families')) {
  families.set(family!, { ...families.get(family!), [relation!]: profile });
  index.addParent(sampleId, family!, relation as ParentRole, profile);
}
unknowns.forEach((profile, place) => {
  index.addUnknown(String(place), profile);
});
const all: FamilyProfiles[] = [...families.values()];
const snapshot = index.snapshot();

race('pairs', {
  'judge every pair (a tenth of them)': () => {
    const some = unknowns.slice(0, unknowns.length / 10);
    const found = some.flatMap((child) =>
      all.filter((family) => judge(models, child, family, THRESHOLD)),
    );
    assert.ok(found.length > 0);
    return some.length * all.length;
  },
  'scan families for each child': () => {
    let found = 0;
    for (const child of unknowns) {
      for (const slot of scanFamilies(models, snapshot, child, THRESHOLD)) {
        if (judge(models, child, all[slot]!, THRESHOLD)) found++;
      }
    }
    assert.equal(found, CANDIDATES);
    return unknowns.length * all.length;
  },
  'scan children for each family': () => {
    let found = 0;
    for (const family of all) {
      for (const slot of scanUnknowns(models, snapshot, family, THRESHOLD)) {
        if (judge(models, unknowns[slot]!, family, THRESHOLD)) found++;
      }
    }
    assert.equal(found, CANDIDATES);
    return unknowns.length * all.length;
  },
});
