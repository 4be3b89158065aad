import file from '../../../../connect/clients.json';

export type System = 'macos' | 'windows' | 'linux';
export type Shell = 'posix' | 'powershell';
export type FormName = 'env' | 'inline' | 'url' | 'basic';
export type Evidence = 'documented' | 'reported' | 'unverified';
export type KeyHeader = 'bearer' | 'x-api-key';
export type RouteKind = 'mcp' | 'http';
export type Language = 'shell' | 'powershell' | 'json' | 'toml' | 'yaml' | 'ini' | 'text';
export type Json = string | number | boolean | null | Json[] | { [name: string]: Json };
/** One text for every system, or one for each that has it. */
export type BySystem = string | Partial<Record<System, string>>;

export interface Step {
  title: string;
  language: Language;
  os?: System[];
  forms?: FormName[];
  headers?: KeyHeader[];
  route?: RouteKind;
  evidence?: Evidence;
  path?: BySystem;
  whole_file?: true;
  json?: Json;
  text?: string[];
}

export interface Form {
  form: FormName;
  /** Where the key then stays. */
  keeps: 'variable' | 'prompt' | 'secrets' | 'file' | 'history';
  value?: BySystem;
  evidence?: Evidence;
}

export interface Link {
  label: string;
  form: FormName;
  text: string;
  json?: Json;
  evidence?: Evidence;
}

export interface Client {
  key: string;
  label: string;
  kind: 'cli' | 'desktop' | 'editor';
  aliases: string[];
  routes?: RouteKind[];
  docs: string;
  evidence: Evidence;
  checked: string;
  notes: string[];
  forms: Form[];
  variable?: Step[];
  links?: Link[];
  ways: Step[];
  verify: Step[];
}

export interface ClientsFile {
  key_placeholder: string;
  key_id_placeholder: string;
  systems: { os: System; label: string; shell: Shell }[];
  variables: { terminal: Step[]; apps: Step[] };
  clients: Client[];
  impossible: { key: string; label: string; reason: string }[];
}

/**
 * What connect/clients.json says, which its schema explains. The compiler reads the strings of a JSON
 * file as mere strings; the tests of the data hold them to the names above.
 */
export const directory = file as unknown as ClientsFile;
