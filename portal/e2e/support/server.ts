import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The project's root folder. */
export const root = fileURLToPath(new URL('../../..', import.meta.url));

const START_MILLIS = 60_000;
const STOP_MILLIS = 15_000;
const POLL_MILLIS = 50;

interface Demo {
  control: string;
  gateway: string;
  operator_key: string;
}

/** The program itself, as `keyway demo` runs it, with a data folder of its own on free ports. */
export interface Server {
  control: string;
  gateway: string;
  operatorKey: string;
  data: string;
  stop: () => Promise<void>;
}

/** Starts what is built; building is not a test's business. */
export async function startServer(): Promise<Server> {
  const data = await mkdtemp(join(tmpdir(), 'keyway-e2e-'));
  const child = spawn(
    join(root, 'keyway'),
    ['demo', '--data', data, '--port', '0', '--gateway-port', '0'],
    { env: { ...process.env, KEYWAY_SKIP_BUILD: '1' }, stdio: ['ignore', 'pipe', 'pipe'] },
  );
  const output = collect(child);
  try {
    const demo = await ready(child, join(data, 'demo.json'));
    return {
      control: demo.control,
      gateway: demo.gateway,
      operatorKey: demo.operator_key,
      data,
      stop: () => stop(child, data),
    };
  } catch (error) {
    await stop(child, data);
    throw new Error(`the program did not start: ${error}\n${output()}`);
  }
}

function collect(child: ChildProcess): () => string {
  const parts: string[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (part: Buffer) => parts.push(part.toString()));
  }
  return () => parts.join('');
}

async function ready(child: ChildProcess, file: string): Promise<Demo> {
  const end = Date.now() + START_MILLIS;
  while (Date.now() < end) {
    if (child.exitCode !== null) {
      throw new Error(`it exited with ${child.exitCode}`);
    }
    const demo = await readFile(file, 'utf8').then(whole, () => null);
    if (demo !== null && (await answers(`${demo.control}/health`))) {
      return demo;
    }
    await new Promise((again) => setTimeout(again, POLL_MILLIS));
  }
  throw new Error('nothing answered in time');
}

/** Null while it is still being written. */
function whole(text: string): Demo | null {
  try {
    return JSON.parse(text) as Demo;
  } catch {
    return null;
  }
}

async function answers(url: string): Promise<boolean> {
  return fetch(url).then(
    (response) => response.status < 500,
    () => false,
  );
}

async function stop(child: ChildProcess, data: string): Promise<void> {
  if (child.exitCode === null && child.signalCode === null) {
    const gone = once(child, 'exit');
    child.kill('SIGTERM');
    const late = setTimeout(() => child.kill('SIGKILL'), STOP_MILLIS);
    await gone;
    clearTimeout(late);
  }
  await rm(data, { recursive: true, force: true });
}
