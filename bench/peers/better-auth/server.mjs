// better-auth's API-key plugin behind node:http: GET and POST answer whether a bearer key is valid.
// Arguments: port, database file, file that gets the keys, how many keys.
// Default hashing and storage, SQLite in WAL with synchronous=NORMAL, rate limit off, one process.
import { createHash, randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { apiKey } from '@better-auth/api-key';
import { betterAuth } from 'better-auth';
import { getMigrations } from 'better-auth/db/migration';
import Database from 'better-sqlite3';

const [port, file, keysFile, count] = process.argv.slice(2);
const database = new Database(file);
database.pragma('journal_mode = WAL');
database.pragma('synchronous = NORMAL');

const options = {
  database,
  secret: randomBytes(32).toString('hex'),
  baseURL: `http://127.0.0.1:${port}`,
  emailAndPassword: { enabled: true },
  telemetry: { enabled: false },
  plugins: [apiKey({ rateLimit: { enabled: false } })],
};
await (await getMigrations(options)).runMigrations();
const auth = betterAuth(options);

// One key is made as an application makes it; the others are rows like its row, with keys of their own.
async function seed() {
  const user = await auth.api.signUpEmail({
    body: { email: 'owner@bench.example', name: 'Owner', password: randomBytes(16).toString('hex') },
  });
  const first = await auth.api.createApiKey({ body: { name: 'bench', userId: user.user.id } });
  const row = database.prepare('SELECT * FROM apikey').get();
  const columns = Object.keys(row);
  const insert = database.prepare(
    `INSERT INTO apikey (${columns.map((c) => `"${c}"`).join(',')}) VALUES (${columns.map((c) => `@${c}`).join(',')})`,
  );
  const keys = [first.key];
  database.transaction(() => {
    while (keys.length < Number(count)) {
      const key = randomBytes(48).toString('hex').slice(0, 64);
      const hash = createHash('sha256').update(key).digest('base64url');
      insert.run({ ...row, id: randomBytes(16).toString('hex'), key: hash, start: key.slice(0, 6) });
      keys.push(key);
    }
  })();
  writeFileSync(keysFile, `${keys.join('\n')}\n`, { mode: 0o600 });
}
await seed();

createServer(async (request, response) => {
  const key = (request.headers.authorization ?? '').replace(/^Bearer /, '');
  let answer;
  try {
    answer = await auth.api.verifyApiKey({ body: { key } });
  } catch {
    answer = { valid: false };
  }
  const body = JSON.stringify({ valid: answer.valid });
  response.writeHead(answer.valid ? 200 : 401, {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(body),
  });
  response.end(body);
}).listen(Number(port), '127.0.0.1');
