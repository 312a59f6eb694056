export * from './alternative.ts';
export * from './judge.ts';
export * from './scan.ts';
export * from './scoring-task.ts';
export * from './search-index.ts';
export type { FamilyProfiles } from './family-query.ts';
export type { Slot } from './genotype-store.ts';
