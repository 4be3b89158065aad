import { describe, expect, it } from 'vitest';
import file from '../../../../connect/vectors.json';
import { type Client, directory, type Form, type System } from './clients.ts';
import {
  type Rendered,
  renderLinks,
  renderVariable,
  renderVerify,
  renderWays,
  type Target,
} from './render.ts';

interface VectorStep {
  path?: string;
  text?: string;
}

interface Vector {
  client: string;
  form?: string;
  os: string[];
  input: string;
}

const inputs = file.inputs as unknown as Record<string, VectorTarget>;
const ways = file.ways as (Vector & { ways: VectorStep[] })[];
const variables = file.variables as (Vector & { steps: VectorStep[] })[];
const verifications = file.verify as (Vector & { steps: VectorStep[] })[];

interface VectorTarget extends Omit<Target, 'queryParameter' | 'keyId'> {
  query_parameter: string;
}

function target(name: string): Target {
  const input = inputs[name];
  if (input === undefined) {
    throw new Error(`no input ${name}`);
  }
  return { ...input, queryParameter: input.query_parameter };
}

function client(key: string): Client {
  const found = directory.clients.find((candidate) => candidate.key === key);
  if (found === undefined) {
    throw new Error(`no client ${key}`);
  }
  return found;
}

function form(of: Client, name: string | undefined): Form {
  const found = of.forms.find((candidate) => name === undefined || candidate.form === name);
  if (found === undefined) {
    throw new Error(`${of.key} has no form ${name}`);
  }
  return found;
}

function bare(steps: Rendered[]): VectorStep[] {
  return steps.map(({ path, text }) => ({
    ...(path === undefined ? {} : { path }),
    ...(text === undefined ? {} : { text }),
  }));
}

function named<V extends Vector>(vector: V): readonly [string, V] {
  const { client: key, form: name = '', os, input } = vector;
  return [`${key} ${name} ${os.join('/')} ${input}`, vector];
}

describe('the vectors', () => {
  it.each(ways.map(named))('ways: %s', (_, vector) => {
    const of = client(vector.client);
    for (const os of vector.os as System[]) {
      expect(bare(renderWays(of, form(of, vector.form), os, target(vector.input)))).toEqual(
        vector.ways,
      );
    }
  });

  it.each(variables.map(named))('variable: %s', (_, vector) => {
    const of = client(vector.client);
    for (const os of vector.os as System[]) {
      expect(bare(renderVariable(of, form(of, 'env'), os, target(vector.input)))).toEqual(
        vector.steps,
      );
    }
  });

  it.each(verifications.map(named))('verify: %s', (_, vector) => {
    const of = client(vector.client);
    for (const os of vector.os as System[]) {
      const steps = renderVerify(of, form(of, undefined), os, target(vector.input));
      expect(bare(steps).filter((step) => step.text !== undefined)).toEqual(vector.steps);
    }
  });

  it.each(
    file.links.map((vector) => [`${vector.label} ${vector.input}`, vector] as const),
  )('link: %s', (_, vector) => {
    const links = renderLinks(client(vector.client), target(vector.input));
    const link = links.find((candidate) => candidate.label === vector.label);
    expect(link?.href).toBe(vector.text);
    if ('decodes' in vector) {
      expect(decoded(vector.text)).toEqual(vector.decodes);
    }
  });

  it('hold every client, form and system', () => {
    const covered = new Set(ways.flatMap((v) => v.os.map((os) => `${v.client} ${v.form} ${os}`)));
    const all = directory.clients.flatMap((c) =>
      c.forms.flatMap((f) => directory.systems.map((s) => `${c.key} ${f.form} ${s.os}`)),
    );
    expect(all.filter((one) => !covered.has(one))).toEqual([]);
  });
});

describe('the forms that the clients document', () => {
  const acme = target('plain');
  const first = (key: string, name: string, os: System) => {
    const of = client(key);
    return renderWays(of, form(of, name), os, acme)[0]?.text;
  };

  it('Claude Code keeps the variable out of the shell by single quotes', () => {
    expect(first('claude-code', 'env', 'linux')).toBe(
      // biome-ignore lint/suspicious/noTemplateCurlyInString: it is Claude Code that fills this in
      "claude mcp add --transport http --scope user keyway-acme https://keys.example.com/mcp/acme --header 'Authorization: Bearer ${KEYWAY_API_KEY}'",
    );
  });

  it('Codex names the variable', () => {
    expect(first('codex', 'env', 'linux')).toBe(
      'codex mcp add keyway-acme --url https://keys.example.com/mcp/acme --bearer-token-env-var KEYWAY_API_KEY',
    );
  });

  it('Gemini CLI names its scope and transport', () => {
    expect(first('gemini-cli', 'env', 'macos')).toBe(
      "gemini mcp add --scope user --transport http --header 'Authorization: Bearer $KEYWAY_API_KEY' keyway-acme https://keys.example.com/mcp/acme",
    );
  });

  it("Cursor's link is the documented one", () => {
    const [link] = renderLinks(client('cursor'), acme);
    expect(link?.href).toBe(
      'cursor://anysphere.cursor-deeplink/mcp/install?name=keyway-acme&config=eyJ1cmwiOiJodHRwczovL2tleXMuZXhhbXBsZS5jb20vbWNwL2FjbWUiLCJoZWFkZXJzIjp7IkF1dGhvcml6YXRpb24iOiJCZWFyZXIgJHtlbnY6S0VZV0FZX0FQSV9LRVl9In19',
    );
    expect(decoded(link?.href ?? '')).toEqual({
      url: 'https://keys.example.com/mcp/acme',
      // biome-ignore lint/suspicious/noTemplateCurlyInString: it is Cursor that fills this in
      headers: { Authorization: 'Bearer ${env:KEYWAY_API_KEY}' },
    });
  });

  it('mcp-remote gets no space after the header name, and a flag for plain http', () => {
    const of = client('claude-desktop');
    const text = renderWays(of, form(of, 'inline'), 'windows', target('http'))[0]?.text ?? '';
    const { args } = JSON.parse(text).mcpServers['keyway-acme'];
    // biome-ignore lint/suspicious/noTemplateCurlyInString: it is mcp-remote that fills this in
    expect(args).toContain('Authorization:${AUTH_HEADER}');
    expect(args).toContain('--allow-http');
    expect(first('claude-desktop', 'inline', 'windows')).not.toContain('--allow-http');
  });
});

/** The JSON that a link carries. */
function decoded(href: string): unknown {
  if (href.startsWith('vscode')) {
    return JSON.parse(decodeURIComponent(href.slice(href.indexOf('?') + 1)));
  }
  const config = new URLSearchParams(href.slice(href.indexOf('?'))).get('config') ?? '';
  const bytes = Uint8Array.from(atob(config), (character) => character.charCodeAt(0));
  return JSON.parse(new TextDecoder().decode(bytes));
}
