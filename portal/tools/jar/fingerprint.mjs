import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { filesBelow } from './files.mjs';

// Not of these are the pages made: what is installed, what is made, and tests.
const OTHERS =
  /(^|\/)node_modules$|^(dist|target|e2e|test-results|playwright-report|src\/test|tools\/openapi)$|\.test\.tsx?$|^\.(?!npmrc$)/;

/** A digest of all that the pages are made of: of contents, not times. */
export function fingerprint(portal) {
  const digest = createHash('sha256');
  const shared = join(dirname(portal), 'connect');
  for (const folder of existsSync(shared) ? [portal, shared] : [portal]) {
    for (const file of filesBelow(folder, (path) => OTHERS.test(path))) {
      const content = readFileSync(join(folder, file));
      digest.update(`${file}\0${content.length}\0`).update(content);
    }
  }
  return digest.digest('hex');
}
