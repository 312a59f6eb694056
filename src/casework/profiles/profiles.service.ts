/** What other features may ask of stored profiles; each takes the caller's database or transaction. */
export {
  type CommitSnapshot,
  countDatabase,
  type DatabaseSize,
  findFamilyProfiles,
  findProfiles,
  findProfilesOfSamples,
  findUnknownsBetween,
  lockFamilyProfiles,
  streamProfilesSince,
} from './profiles.repository.ts';
