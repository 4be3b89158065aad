import { existsSync, lstatSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Whether the packages of the lock file are there, by npm's own record of what it has installed.
 * A linked folder belongs to another tree, and is taken as it is: npm would empty it.
 */
export function isInstalled(portal) {
  const folder = join(portal, 'node_modules');
  const record = join(folder, '.package-lock.json');
  if (lstatSync(folder, { throwIfNoEntry: false })?.isSymbolicLink()) {
    return true;
  }
  if (!existsSync(record)) {
    return false;
  }
  const wanted = packages(join(portal, 'package-lock.json'));
  const there = packages(record);
  return (
    [...wanted].every(([path, entry]) => isSame(entry, there.get(path)) || isOptional(entry)) &&
    [...there].every(([path, entry]) => isSame(entry, wanted.get(path)))
  );
}

function packages(lock) {
  const all = Object.entries(JSON.parse(readFileSync(lock, 'utf8')).packages);
  return new Map(all.filter(([path]) => path !== ''));
}

function isSame(entry, other) {
  return entry.version === other?.version && entry.integrity === other?.integrity;
}

// Of those made for other machines npm installs none.
function isOptional(entry) {
  return entry.optional === true || entry.devOptional === true;
}
