import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { filesBelow } from './files.mjs';

// Pictures and fonts of these kinds are compressed already.
const DENSE = /\.(png|ico|woff2|webp|jpg)$/;

// The byte of a gzip head that names the machine which made it, and the value for "unknown".
const SYSTEM_BYTE = 9;
const UNKNOWN_SYSTEM = 255;

/**
 * Lays the pages out as the program reads them: every file, beside it its gzip form where that is
 * smaller, and the list of all in files.txt. Equal pages give equal bytes on every machine.
 */
export function packPages(dist, packed) {
  rmSync(packed, { recursive: true, force: true });
  const names = [];
  const put = (name, bytes) => {
    mkdirSync(dirname(join(packed, name)), { recursive: true });
    writeFileSync(join(packed, name), bytes);
    names.push(name);
  };
  for (const name of filesBelow(dist)) {
    const bytes = readFileSync(join(dist, name));
    put(name, bytes);
    const zipped = DENSE.test(name) ? bytes : gzip(bytes);
    if (zipped.length < bytes.length) {
      put(`${name}.gz`, zipped);
    }
  }
  writeFileSync(join(packed, 'files.txt'), `${names.sort().join('\n')}\n`);
  return names.length;
}

function gzip(bytes) {
  const zipped = gzipSync(bytes, { level: 9 });
  zipped[SYSTEM_BYTE] = UNKNOWN_SYSTEM;
  return zipped;
}
