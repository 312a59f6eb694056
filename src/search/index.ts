export * from './alternative.ts';
export * from './family.ts';
export type { AlleleRow } from './genotype-alphabet.ts';
export * from './judge.ts';
export * from './mixed-index.ts';
export * from './one-person.ts';
export * from './scoring-task.ts';
export * from './search-index.ts';
export * from './shard.ts';
