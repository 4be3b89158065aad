// Makes src/api/schema.d.ts from the OpenAPI document; with --check it only says whether that
// would change anything. The maker of types needs an older TypeScript than the portal, and so
// lives in a folder of its own.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { isInstalled } from '../jar/installed.mjs';

const folder = fileURLToPath(new URL('.', import.meta.url));
const isCheck = process.argv.includes('--check');

if (!isInstalled(folder) && run('npm', ['ci', '--ignore-scripts']) !== 0) {
  console.error('The maker of types could not be installed.');
  process.exit(1);
}
const status = run('npm', ['run', '--silent', isCheck ? 'check' : 'generate']);
if (status !== 0 && isCheck) {
  console.error('The types are not those of openapi/keyway.yaml: run "npm run types" and commit.');
}
process.exit(status);

function run(program, words) {
  const { status, error } = spawnSync(program, words, { cwd: folder, stdio: 'inherit' });
  if (error !== undefined) {
    console.error(`${program}: ${error.message}`);
  }
  return status ?? 1;
}
