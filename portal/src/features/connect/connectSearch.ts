import type { FormName, System } from '@/features/connect/clients.ts';

/** What was chosen on the page, as it stands in the address. A key is named by its public id. */
export interface ConnectSearch {
  client?: string;
  form?: FormName;
  os?: System;
  key?: string;
}

const FORMS: readonly FormName[] = ['env', 'inline', 'url', 'basic'];
const SYSTEMS: readonly System[] = ['macos', 'windows', 'linux'];
const NAME = /^[\w-]{1,80}$/;

/** Takes out of an address what was chosen, and forgets the rest. */
export function readConnectSearch(search: Record<string, unknown>): ConnectSearch {
  return {
    client: name(search.client),
    form: FORMS.find((form) => form === search.form),
    os: SYSTEMS.find((os) => os === search.os),
    key: name(search.key),
  };
}

/** The system that the page is looked at from; phones have none of the clients. */
export function systemOf(userAgent: string): System {
  if (/Windows/i.test(userAgent)) {
    return 'windows';
  }
  return /Mac OS|Macintosh|iPhone|iPad/i.test(userAgent) ? 'macos' : 'linux';
}

function name(value: unknown): string | undefined {
  return typeof value === 'string' && NAME.test(value) ? value : undefined;
}
