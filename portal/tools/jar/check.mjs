import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { filesBelow } from './files.mjs';
import { say } from './say.mjs';

/** What a browser may have to fetch before the portal shows anything: its scripts, as gzip. */
export const MOST_SCRIPT_BYTES = 250_000;

const TAG = /<(script|link|style)\b([^>]*)>/gi;
const INLINE = /<style\b|<script\b(?![^>]*\ssrc=)|\s(?:style|on[a-z]+)=|javascript:/i;

// What the server tells browsers to keep for a year; see server/portal/PortalFile.
const HASHED = /^assets\/.*-[\w-]{8}\.[a-z0-9]+$/;

/** Throws unless the built pages keep to the policy that they are served with, and are light. */
export function checkPages(dist, publicFolder) {
  const page = readFileSync(join(dist, 'index.html'), 'utf8');
  const inline = INLINE.exec(page);
  if (inline !== null) {
    throw new Error(`index.html has inline text, which its policy forbids: ${inline[0].trim()}`);
  }
  const lasting = filesBelow(publicFolder).filter((file) => HASHED.test(file));
  if (lasting.length > 0) {
    throw new Error(`named like a file whose name changes with its content: ${lasting.join(', ')}`);
  }
  checkWeight(dist, page);
}

function checkWeight(dist, page) {
  const scripts = initialScripts(page);
  const weights = scripts.map((file) => gzipSync(readFileSync(join(dist, file))).length);
  const sum = weights.reduce((all, one) => all + one, 0);
  say(`initial JavaScript: ${sum} bytes of gzip in ${scripts.length} files`);
  if (sum > MOST_SCRIPT_BYTES) {
    const list = scripts.map((file, at) => `  ${weights[at]} ${file}`).join('\n');
    throw new Error(
      `the first page needs ${sum} bytes of scripts (gzip), more than ${MOST_SCRIPT_BYTES}:\n${list}`,
    );
  }
}

/** Those that the page names, and the modules that these import at once: Vite lists them all. */
function initialScripts(page) {
  const found = [...page.matchAll(TAG)]
    .filter(([, tag, fields]) => tag === 'script' || /rel="modulepreload"/.test(fields))
    .map(([, , fields]) => /(?:src|href)="\/([^"]+)"/.exec(fields)?.[1])
    .filter((file) => file !== undefined);
  if (found.length === 0) {
    throw new Error('index.html names no script');
  }
  return [...new Set(found)];
}
