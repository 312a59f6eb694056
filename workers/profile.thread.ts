export { readProfiles as default } from '../src/casework/profiles/profile-reading.ts';
