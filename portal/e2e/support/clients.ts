import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { root } from './server.ts';

const folder = join(root, 'conformance/node');

export interface McpAnswer {
  tools: string[];
  called: { content: { type: string; text?: string }[]; isError?: boolean } | null;
}

/** Uses a key as its owner would: the official TypeScript client, in a process of its own. */
export async function useByMcp(
  url: string,
  key?: string,
  tool: [name: string, argumentsOf: unknown] | [] = [],
): Promise<McpAnswer> {
  const [name, argumentsOf] = tool;
  const words = name === undefined ? [] : [name, JSON.stringify(argumentsOf)];
  const { code, stdout, stderr } = await run('list-tools.js', [url, ...words], key);
  if (code !== 0) {
    throw new Error(`the client failed: ${stderr}`);
  }
  return JSON.parse(stdout) as McpAnswer;
}

/** What the client says of a refusal. */
export async function refusedByMcp(url: string, key?: string): Promise<string> {
  const { code, stdout, stderr } = await run('list-tools.js', [url], key);
  if (code === 0) {
    throw new Error(`the client was let in: ${stdout}`);
  }
  return stderr;
}

interface Run {
  code: number;
  stdout: string;
  stderr: string;
}

function run(script: string, words: string[], key: string | undefined): Promise<Run> {
  const env = { ...process.env, NO_COLOR: '1', MCP_KEY: key ?? '' };
  return new Promise((resolve) => {
    execFile(process.execPath, [script, ...words], { cwd: folder, env }, (error, stdout, stderr) =>
      resolve({ code: error === null ? 0 : 1, stdout, stderr }),
    );
  });
}
