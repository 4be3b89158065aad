import type { Json, Shell } from './clients.ts';

/** Values by placeholder name. */
export type Values = Readonly<Record<string, string>>;

const PLACEHOLDER = /\{\{([a-z_]+(?:\|[a-z0-9]+)*)\}\}/g;
const ALONE = /^\{\{[a-z_]+\}\}$/;
/** What a shell reads as one word with no second meaning. */
const PLAIN_WORD: Record<Shell, RegExp> = {
  posix: /^[A-Za-z0-9_./:@%+,=-]+$/,
  powershell: /^[A-Za-z0-9_./:-]+$/,
};
const TOML_BARE_KEY = /^[A-Za-z0-9_-]+$/;
const SHORT_ESCAPES: Readonly<Record<string, string>> = {
  '"': '\\"',
  '\\': '\\\\',
  '\b': '\\b',
  '\t': '\\t',
  '\n': '\\n',
  '\f': '\\f',
  '\r': '\\r',
};

type Filter = (value: string, shell: Shell) => string;

const FILTERS: Readonly<Record<string, Filter>> = {
  word: (value, shell) => (PLAIN_WORD[shell].test(value) ? value : quoted(value, shell)),
  quote: quoted,
  string: doubleQuoted,
  tomlkey: (value) => (TOML_BARE_KEY.test(value) ? value : doubleQuoted(value)),
  uri: percentEncoded,
  base64: (value) => btoa(String.fromCharCode(...new TextEncoder().encode(value))),
};

/**
 * Fills the placeholders of a text.
 *
 * @throws Error for a placeholder or filter that does not exist: a fault of the data file
 */
export function fill(template: string, values: Values, shell: Shell): string {
  return template.replace(PLACEHOLDER, (_, inner: string) => {
    const [name = '', ...filters] = inner.split('|');
    return filters.reduce(
      (value, filter) => known(FILTERS, filter)(value, shell),
      known(values, name),
    );
  });
}

/**
 * Fills the strings and names of a JSON value. What is one placeholder and becomes empty is left out,
 * and so is what that leaves empty; undefined when nothing is left.
 */
export function fillJson(template: Json, values: Values, shell: Shell): Json | undefined {
  if (typeof template === 'string') {
    const text = fill(template, values, shell);
    return text === '' && ALONE.test(template) ? undefined : text;
  }
  if (Array.isArray(template)) {
    const items = template.flatMap((item) => {
      const filled = fillJson(item, values, shell);
      return filled === undefined ? [] : [filled];
    });
    return items.length === 0 && template.length > 0 ? undefined : items;
  }
  if (typeof template === 'object' && template !== null) {
    const before = Object.entries(template);
    const after = before.flatMap(([name, value]) => {
      const filled = fillJson(value, values, shell);
      return filled === undefined ? [] : [[fill(name, values, shell), filled] as const];
    });
    return after.length === 0 && before.length > 0 ? undefined : Object.fromEntries(after);
  }
  return template;
}

export function percentEncoded(value: string): string {
  return encodeURIComponent(value).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

function quoted(value: string, shell: Shell): string {
  return `'${value.replaceAll("'", shell === 'posix' ? "'\\''" : "''")}'`;
}

/** JSON, TOML and YAML all read this alike: their common escapes, and nothing that one of them refuses. */
function doubleQuoted(value: string): string {
  const escaped = value.replace(
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not stay
    /["\\\u0000-\u001f\u007f-\u009f\u2028\u2029\ufeff]/g,
    (character) =>
      SHORT_ESCAPES[character] ?? `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
  return `"${escaped}"`;
}

function known<T>(table: Readonly<Record<string, T>>, name: string): T {
  const found = Object.hasOwn(table, name) ? table[name] : undefined;
  if (found === undefined) {
    throw new Error(`connect/clients.json names '${name}', which does not exist`);
  }
  return found;
}
