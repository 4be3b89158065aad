import { readdirSync } from 'node:fs';
import { join, posix } from 'node:path';

/** The files below a folder, as paths with slashes, in an order that is everywhere the same. */
export function filesBelow(folder, isSkipped = () => false, below = '') {
  return readdirSync(join(folder, below), { withFileTypes: true })
    .filter((entry) => !isSkipped(posix.join(below, entry.name)))
    .flatMap((entry) => {
      const path = posix.join(below, entry.name);
      return entry.isDirectory() ? filesBelow(folder, isSkipped, path) : [path];
    })
    .sort();
}
