import assert from 'node:assert/strict';
import { toTask, relativeStepsOf } from '../src/casework/next-steps/candidate-steps.ts';
import { readKits } from '../src/casework/next-steps/kits.ts';
import { runNextStepsTask, type StepAnswer } from '../src/casework/next-steps/steps-task.ts';
import type { Relation } from '../src/formats/relation.ts';
import { calculate, type Profile } from '../src/kinship/index.ts';
import { demoModels, machine, PARAMETERS, readTable } from './measure.ts';
import { LOCI, randomFamilies } from './random-families.ts';

/** What to type next, for one candidate at 24 loci: everybody, every kit, and the power. */
const CANDIDATES: readonly (readonly [relationship: string, ...relations: Relation[]])[] = [
  ['father', 'father'],
  ['both-parents', 'father', 'mother'],
  ['relatives', 'sibling', 'maternal-grandmother'],
];
const ROUNDS = 3;

type File = Parameters<typeof toTask>[0];

/** As the database has it, in what the task asks of it. */
function fileOf(
  theta: number,
  relationship: string,
  relations: readonly Relation[],
  profiles: readonly Profile[],
): File {
  // prettier-ignore
  const params = { ...PARAMETERS, theta, silentAlleles: [] };
  const members = relations.map((relation) => ({ code: relation, relation, profileId: relation, counts: true })); // prettier-ignore
  return {
    candidate: { relationship, members, unknownCode: 'child', childProfileId: 'child' },
    policy: { table: readTable(), document: { params, threshold: 10_000, dropOut: 0 } },
    profiles: new Map(['child', ...relations].map((id, at) => [id, profiles[at]!])),
  } as unknown as File;
}

const kits = readKits();
const models = demoModels();
const drawn = randomFamilies(LOCI.map((locus) => models.for(locus, [])!), 2); // prettier-ignore
const profiles = [drawn[0]!.child, drawn[0]!.father, drawn[0]!.mother];
const isKnown = (answer: StepAnswer): boolean => 'outlook' in answer;

console.log(machine());
for (const theta of [0, 0.01]) {
  for (const [relationship, ...relations] of CANDIDATES) {
    const file = fileOf(theta, relationship, relations, profiles);
    const task = toTask(file, relativeStepsOf(file), kits, 10_000);
    const times: number[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      const began = performance.now();
      const { power, relatives, kits } = runNextStepsTask(task);
      times.push(performance.now() - began);
      const { people, hypotheses } = task.loci;
      const asked = people[0]!.id;
      const { lrs } = calculate(task.table, task.parameters, { people, hypotheses: [hypotheses.h1, hypotheses.h2], asked }); // prettier-ignore
      const [now] = lrs;
      assert.ok(now?.kind === 'finite');
      for (const answer of kits) {
        assert.ok('outlook' in answer && Math.abs(answer.outlook.log10LrNow - now.log10Lr) < 1e-9);
      }
      if (round > 0) continue;
      console.log(
        `${relationship}, theta ${theta}: ${relatives.filter(isKnown).length} of ${relatives.length} relatives, ` +
          `${kits.filter(isKnown).length} of ${kits.length} kits, power ${isKnown(power) ? 'known' : 'too costly'}`,
      );
    }
    console.log(`  first ${times[0]!.toFixed(0)} ms, then ${Math.min(...times.slice(1)).toFixed(0)} ms`); // prettier-ignore
  }
}
