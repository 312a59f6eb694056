import fc from 'fast-check';

/**
 * Loaded before each file of `npm test`, so that a property meets the same values in every run: one
 * that fails there fails for what was changed. A test that node runs by itself draws new ones.
 */
fc.configureGlobal({ seed: 20_261_123 });
