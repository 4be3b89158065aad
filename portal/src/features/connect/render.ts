import {
  type BySystem,
  type Client,
  directory,
  type Evidence,
  type Form,
  type FormName,
  type Json,
  type KeyHeader,
  type Language,
  type Link,
  type RouteKind,
  type Shell,
  type Step,
  type System,
} from './clients.ts';
import { fill, fillJson, percentEncoded, type Values } from './template.ts';

/** What a client is to be connected with. */
export interface Target {
  /** What the client will call the server. */
  name: string;
  /** The product, for people. */
  title: string;
  url: string;
  /** The environment variable that holds the key: capital letters, digits and _. */
  variable: string;
  header: KeyHeader;
  /** The query parameter of a product that takes its key in the address. */
  queryParameter?: string;
  route: RouteKind;
  /** The key itself, while it is shown; without it a placeholder stands for it. */
  key?: string;
  keyId?: string;
}

export interface Rendered {
  title: string;
  language: Language;
  /** The file that the text belongs to; without it the text is a command or is pasted. */
  path?: string;
  text?: string;
  evidence?: Evidence;
}

export interface RenderedLink {
  label: string;
  href: string;
  evidence?: Evidence;
}

const VARIABLE = /^[A-Z_][A-Z0-9_]*$/;

/** The ways to connect a client in one form on one system; one is enough, the first is to be offered. */
export function renderWays(client: Client, form: Form, os: System, target: Target): Rendered[] {
  return render(client.ways, form, os, target);
}

/** How the variable of a form is set; nothing for forms that have none. */
export function renderVariable(client: Client, form: Form, os: System, target: Target): Rendered[] {
  if (form.form !== 'env' || form.keeps === 'prompt') {
    return [];
  }
  const { terminal, apps } = directory.variables;
  return render(client.variable ?? (client.kind === 'cli' ? terminal : apps), form, os, target);
}

/** How to see that a client is connected. */
export function renderVerify(client: Client, form: Form, os: System, target: Target): Rendered[] {
  return render(client.verify, form, os, withoutKey(target));
}

/** The links that open a client with the server filled in. They never hold a key. */
export function renderLinks(client: Client, target: Target): RenderedLink[] {
  return (client.links ?? []).map((link) => ({
    label: link.label,
    href: textOf(link, values(formOf(client, link.form), 'linux', withoutKey(target)), 'posix'),
    evidence: link.evidence,
  }));
}

function render(steps: Step[], form: Form, os: System, target: Target): Rendered[] {
  const shell = shellOf(os);
  const filled = values(form, os, target);
  return steps
    .filter((step) => fits(step, form.form, os, target))
    .map((step) => ({
      title: step.title,
      language: step.language,
      path: step.path === undefined ? undefined : fill(on(step.path, os), filled, shell),
      text: textOf(step, filled, shell),
      evidence: step.evidence,
    }));
}

function fits(step: Step, form: FormName, os: System, target: Target): boolean {
  return (
    (step.os?.includes(os) ?? true) &&
    (step.forms?.includes(form) ?? true) &&
    (step.headers?.includes(target.header) ?? true) &&
    (step.route ?? target.route) === target.route
  );
}

function textOf<S extends Step | Link>(
  step: S,
  filled: Values,
  shell: Shell,
): S extends Link ? string : string | undefined;
function textOf(step: Step | Link, filled: Values, shell: Shell): string | undefined {
  const json = step.json === undefined ? undefined : fillJson(step.json, filled, shell);
  if (step.text === undefined) {
    return json === undefined ? undefined : JSON.stringify(json, null, 2);
  }
  const lines = typeof step.text === 'string' ? step.text : step.text.join('\n');
  return fill(lines, withConfig(filled, json), shell);
}

function withConfig(filled: Values, json: Json | undefined): Values {
  return json === undefined ? filled : { ...filled, config: JSON.stringify(json) };
}

function values(form: Form, os: System, target: Target): Values {
  if (!VARIABLE.test(target.variable)) {
    throw new Error(`'${target.variable}' cannot be the name of a variable`);
  }
  const key = target.key ?? directory.key_placeholder;
  const keyId = target.keyId ?? directory.key_id_placeholder;
  const plain = {
    name: target.name,
    title: target.title,
    url: target.url,
    variable: target.variable,
    key,
    key_id: keyId,
    basic: `${keyId}:${key}`,
    allow_http: /^http:/i.test(target.url) ? '--allow-http' : '',
    endpoint: form.form === 'url' ? withQuery(target, key) : target.url,
    header_name: target.header === 'bearer' ? 'Authorization' : 'X-API-Key',
  };
  const reference = form.value === undefined ? '' : fill(on(form.value, os), plain, shellOf(os));
  const headerValue =
    reference === '' || target.header !== 'bearer' ? reference : `Bearer ${reference}`;
  const header = headerValue === '' ? '' : `${plain.header_name}: ${headerValue}`;
  return { ...plain, reference, header_value: headerValue, header };
}

function withQuery(target: Target, key: string): string {
  if (target.queryParameter === undefined) {
    throw new Error('The product takes no key in the address.');
  }
  const separator = target.url.includes('?') ? '&' : '?';
  return `${target.url}${separator}${target.queryParameter}=${percentEncoded(key)}`;
}

function withoutKey(target: Target): Target {
  return { ...target, key: undefined, keyId: undefined };
}

function formOf(client: Client, name: FormName): Form {
  const form = client.forms.find((candidate) => candidate.form === name);
  if (form === undefined) {
    throw new Error(`${client.key} has no form '${name}'`);
  }
  return form;
}

function shellOf(os: System): Shell {
  return directory.systems.find((system) => system.os === os)?.shell ?? 'posix';
}

function on(value: BySystem, os: System): string {
  const text = typeof value === 'string' ? value : value[os];
  if (text === undefined) {
    throw new Error(`connect/clients.json has no value for ${os}`);
  }
  return text;
}
