import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Kit, readKitCsv } from '../../formats/kit-csv.ts';
import { findPackageRoot } from '../../platform/data-dir.ts';

/**
 * The kits that the package brings: fixtures/kits, which names the sources.
 * @throws HomewardError CONFIGURATION_INVALID
 */
export function readKits(): Kit[] {
  return readKitCsv(readFileSync(join(findPackageRoot(), 'fixtures/kits/kits.csv'), 'utf8'));
}
