import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { type Client, directory, type Form, type Step, type System } from './clients.ts';
import { renderLinks, renderVariable, renderVerify, renderWays, type Target } from './render.ts';

const CANARY = 'acme_Canary0123456789';
const systems = directory.systems.map((system) => system.os);
const plain: Target = {
  name: 'keyway-acme',
  title: 'Acme',
  url: 'https://keys.example.com/mcp/acme',
  variable: 'KEYWAY_API_KEY',
  header: 'bearer',
  queryParameter: 'apikey',
  route: 'mcp',
};
const awkward: Target = {
  ...plain,
  name: 'it\'s "acme" $HOME é',
  url: 'https://keys.example.com/mcp?a=b c&d=\'"$(id)`id`\\',
};

const forms: [string, Client, Form, System][] = directory.clients.flatMap((client) =>
  client.forms.flatMap((form) =>
    systems.map((os): [string, Client, Form, System] => [
      `${client.key} ${form.form} ${os}`,
      client,
      form,
      os,
    ]),
  ),
);

function steps(client: Client): Step[] {
  const { terminal, apps } = directory.variables;
  return [...client.ways, ...client.verify, ...(client.variable ?? []), ...terminal, ...apps];
}

describe('the data', () => {
  it('names each client once, with one form first and a page of its documentation', () => {
    const keys = directory.clients.map((client) => client.key);
    expect(new Set(keys).size).toBe(keys.length);
    for (const client of directory.clients) {
      expect(new Set(client.forms.map((form) => form.form)).size).toBe(client.forms.length);
      expect(client.docs).toMatch(/^https:\/\//);
      expect(client.checked).toMatch(/^\d{4}-\d\d-\d\d$/);
      expect(['documented', 'reported', 'unverified']).toContain(client.evidence);
    }
  });

  it('puts no value into a command or a file without escaping it', () => {
    const bare = directory.clients.flatMap((client) =>
      steps(client)
        .filter((step) => step.language !== 'text' && step.text !== undefined)
        .flatMap((step) => {
          // Where the shell itself fills in the variable, double quotes of the template hold it.
          const shellFills = step.forms?.length === 1 && step.forms[0] === 'env';
          const free = shellFills ? ['variable', 'header', 'header_value'] : ['variable'];
          return [...(step.text ?? []).join('\n').matchAll(/\{\{([a-z_]+)\}\}/g)]
            .map((match) => match[1] ?? '')
            .filter((name) => !free.includes(name))
            .map((name) => `${client.key}: ${name}`);
        }),
    );
    expect(bare).toEqual([]);
  });

  it('names no command of Keyway itself', () => {
    const texts = directory.clients.flatMap((client) =>
      steps(client).map((s) => JSON.stringify(s)),
    );
    expect(texts.filter((text) => /keyway (mcp|connect|login)|"keyway"/.test(text))).toEqual([]);
  });
});

describe('a key', () => {
  it.each(forms)('is nowhere but where it was asked for: %s', (_, client, form, os) => {
    const target = { ...plain, key: CANARY, keyId: 'Canary', route: routeOf(form) };
    const asked = renderWays(client, form, os, target).map((step) => step.text ?? '');
    const elsewhere = [
      ...renderVerify(client, form, os, target).map((step) => step.text ?? ''),
      ...renderLinks(client, target).map((link) => unpacked(link.href)),
    ];
    expect(elsewhere.join('\n')).not.toContain('Canary');
    if (form.form === 'env') {
      expect(asked.join('\n')).not.toContain(CANARY);
    } else {
      expect(asked.join('\n')).toContain(CANARY);
    }
  });

  it.each(forms)('is a placeholder as long as there is none: %s', (_, client, form, os) => {
    const target = { ...plain, route: routeOf(form) };
    const texts = renderWays(client, form, os, target).map((step) => step.text ?? '');
    expect(texts.length).toBeGreaterThan(0);
    for (const text of texts) {
      expect(text.includes('YOUR_KEY')).toBe(form.form !== 'env');
    }
    for (const step of renderVariable(client, form, os, target)) {
      expect(step.text).not.toContain('undefined');
    }
  });
});

describe('what is rendered', () => {
  it.each(forms)('is well-formed: %s', (_, client, form, os) => {
    for (const step of renderWays(client, form, os, { ...awkward, route: routeOf(form) })) {
      if (step.language === 'json') {
        expect(JSON.stringify(JSON.parse(step.text ?? ''))).toContain(JSON.stringify(awkward.name));
      }
      const line = { toml: TOML_LINE, yaml: YAML_LINE }[step.language as string];
      if (line !== undefined) {
        expect(step.text?.split('\n').filter((one) => !line.test(one))).toEqual([]);
      }
    }
  });

  it('reaches the program as it was meant, whatever the shell would make of it', () => {
    const of = (key: string) => {
      const client = directory.clients.find((candidate) => candidate.key === key) as Client;
      return renderWays(client, client.forms[0] as Form, 'linux', awkward)[0]?.text ?? '';
    };
    expect(argumentsOf('claude', of('claude-code'))).toEqual([
      'mcp',
      'add',
      '--transport',
      'http',
      '--scope',
      'user',
      awkward.name,
      awkward.url,
      '--header',
      // biome-ignore lint/suspicious/noTemplateCurlyInString: it is Claude Code that fills this in
      'Authorization: Bearer ${KEYWAY_API_KEY}',
    ]);
    expect(argumentsOf('gemini', of('gemini-cli')).slice(-2)).toEqual([awkward.name, awkward.url]);
    expect(argumentsOf('curl', of('curl'))).toContain('Authorization: Bearer from-the-variable');
  });
});

const QUOTED = String.raw`"(?:[^"\\]|\\.)*"`;
const TOML_LINE = new RegExp(
  `^(\\[mcp_servers\\.(${QUOTED}|[\\w-]+)\\]|\\w+ = (${QUOTED}|\\{ ${QUOTED} = ${QUOTED} \\}))$`,
);
const YAML_LINE = new RegExp(`^ *(- )?(\\w+|${QUOTED}):( (${QUOTED}|\\[${QUOTED}\\]|[\\w.-]+))?$`);

function routeOf(form: Form): Target['route'] {
  return form.form === 'basic' ? 'http' : 'mcp';
}

/** A link with everything that it packs laid open. */
function unpacked(href: string): string {
  const config = new URLSearchParams(href.slice(href.indexOf('?'))).get('config');
  return `${decodeURIComponent(href)}\n${config === null ? '' : atob(config)}`;
}

/** What a program is given when a POSIX shell runs the command. */
function argumentsOf(program: string, command: string): string[] {
  const script = `${program}() { printf '%s\\0' "$@"; }; KEYWAY_API_KEY=from-the-variable; ${command}`;
  return execFileSync('sh', ['-c', script], { encoding: 'utf8' }).split('\0').slice(0, -1);
}
