// Makes src/api/schema.d.ts from the OpenAPI document; with --check it only says whether that
// would change anything. The maker of types needs an older TypeScript than the portal, and so
// lives in a folder of its own.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const folder = fileURLToPath(new URL('.', import.meta.url));
const isCheck = process.argv.includes('--check');

run('npm', ['ci', '--ignore-scripts'], existsSync(`${folder}node_modules`));
const status = run('npm', ['run', '--silent', isCheck ? 'check' : 'generate']);
if (status !== 0 && isCheck) {
  console.error('The types are not those of openapi/keyway.yaml: run "npm run types" and commit.');
}
process.exit(status);

function run(program, words, isDone = false) {
  if (isDone) {
    return 0;
  }
  const { status, error } = spawnSync(program, words, { cwd: folder, stdio: 'inherit' });
  if (error !== undefined) {
    console.error(`${program}: ${error.message}`);
  }
  return status ?? 1;
}
