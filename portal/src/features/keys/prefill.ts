import type { KeyFormValues } from '@/features/keys/CreateKeyForm.tsx';
import { textOf } from '@/features/keys/keySearch.ts';

/** A link that opens the dialog with words already in it: `?create=1&name=ci/deploy&expires_in=30d`. */
export interface Prefill {
  create?: 1;
  name?: string;
  description?: string;
  expires_in?: string;
}

export const NO_PREFILL: Prefill = {
  create: undefined,
  name: undefined,
  description: undefined,
  expires_in: undefined,
};

export function readPrefill(search: Record<string, unknown>): Prefill {
  if (search.create !== 1) {
    return {};
  }
  return {
    create: 1,
    name: short(search.name, 100),
    description: short(search.description, 500),
    expires_in: short(search.expires_in, 10),
  };
}

/** What the form begins with; null where no link asked for it. */
export function prefilled(search: Prefill): Partial<KeyFormValues> | null {
  return search.create === undefined
    ? null
    : { name: search.name, description: search.description, expiry: search.expires_in };
}

function short(value: unknown, most: number): string | undefined {
  return textOf(value)?.slice(0, most);
}
