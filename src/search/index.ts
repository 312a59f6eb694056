export * from './alternative.ts';
export type { FamilyProfiles } from './family-query.ts';
export type { Slot } from './genotype-store.ts';
export * from './judge.ts';
export * from './scan.ts';
export * from './search-index.ts';
