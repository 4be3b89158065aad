// What Maven runs for the portal's jar: installs the packages that the lock file names, builds the
// pages, checks them and lays them out below target/classes. A step whose inputs have not changed
// is left out, so that a build in which nothing changed takes a moment and needs no network.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { stripVTControlCharacters } from 'node:util';
import { checkPages } from './check.mjs';
import { fingerprint } from './fingerprint.mjs';
import { isInstalled } from './installed.mjs';
import { packPages } from './pack.mjs';
import { say } from './say.mjs';

const OLDEST_NODE = [20, 19];

const portal = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const dist = join(portal, 'dist');
const packed = join(portal, 'target', 'classes', 'dev', 'keyway', 'portal');
const stamp = join(portal, 'target', 'portal.stamp');

// With this mark in front the launcher shows a line, as it does with those of a compiler.
function fail(text) {
  for (const line of text.trim().split('\n')) {
    say(`[ERROR] ${line}`);
  }
  process.exit(1);
}

function requireNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major < OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor < OLDEST_NODE[1])) {
    fail(`the portal needs Node ${OLDEST_NODE.join('.')} or newer, and this is ${process.version}`);
  }
}

function npm(...words) {
  const env = { ...process.env, NO_COLOR: '1' };
  const run = spawnSync('npm', words, { cwd: portal, env, encoding: 'utf8' });
  const output = stripVTControlCharacters(`${run.stdout ?? ''}${run.stderr ?? ''}`);
  if (run.error !== undefined) {
    fail(`npm cannot be run: ${run.error.message}`);
  }
  if (run.status !== 0) {
    fail(`npm ${words[0]} failed\n${output}`);
  }
  say(output.trim());
}

function build() {
  const print = fingerprint(portal);
  const isFresh = existsSync(stamp) && readFileSync(stamp, 'utf8') === print && existsSync(packed);
  if (isFresh) {
    say('the portal has not changed');
    return;
  }
  rmSync(stamp, { force: true });
  if (!isInstalled(portal)) {
    npm('ci', '--ignore-scripts', '--no-audit', '--no-fund');
  }
  npm('run', 'build');
  try {
    checkPages(dist, join(portal, 'public'));
  } catch (error) {
    fail(error.message);
  }
  const files = packPages(dist, packed);
  mkdirSync(dirname(stamp), { recursive: true });
  writeFileSync(stamp, print);
  say(`packed ${files} files`);
}

requireNode();
build();
