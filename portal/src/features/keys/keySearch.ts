/** The filters of a list of keys, as they stand in the address. */
export interface KeySearch {
  /** Statuses as the API knows them; absent for the product's own default. */
  status?: 'active' | 'expired' | 'deleted' | 'all';
  q?: string;
  /** Keys that end within this time: "30d". */
  expiring?: string;
  /** Keys not used for this time: "90d". */
  idle?: string;
  sort?: KeySort;
  /** Everybody's keys, for owners. */
  view?: 'all';
  /** The account that made them, for owners. */
  maker?: string;
  /** How many rows are read at a time. */
  rows?: number;
}

/** Numbers of rows that one can choose. */
export const ROWS = [25, 50, 100, 200] as const;

export const KEY_SORTS = [
  '-created_at',
  'created_at',
  'name',
  '-name',
  'expires_at',
  '-expires_at',
  '-last_used_at',
  'last_used_at',
] as const;

export type KeySort = (typeof KEY_SORTS)[number];

const STATUSES = ['active', 'expired', 'deleted', 'all'] as const;

/** Takes out of an address what is a filter, and forgets the rest. */
export function readKeySearch(search: Record<string, unknown>): KeySearch {
  return {
    status: oneOf(STATUSES, search.status),
    q: textOf(search.q),
    expiring: span(search.expiring),
    idle: span(search.idle),
    sort: oneOf(KEY_SORTS, search.sort),
    view: search.view === 'all' ? 'all' : undefined,
    // Without everybody's keys it would filter unseen.
    maker: search.view === 'all' ? accountOf(search.maker) : undefined,
    rows: ROWS.find((one) => one === search.rows),
  };
}

/** Whether anything is filtered out. */
export function isFiltered(search: KeySearch): boolean {
  return Object.keys(NO_FILTERS).some((name) => search[name as keyof KeySearch] !== undefined);
}

/** What is to be changed so that nothing is filtered out. */
export const NO_FILTERS: Partial<KeySearch> = {
  status: undefined,
  q: undefined,
  expiring: undefined,
  idle: undefined,
  maker: undefined,
};

/** The router reads "404" in an address as a number; to us it is what was typed. */
export function textOf(value: unknown): string | undefined {
  const isWord =
    typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
  return isWord && value !== '' ? String(value) : undefined;
}

function accountOf(value: unknown): string | undefined {
  return typeof value === 'string' && /^acc_\w+$/.test(value) ? value : undefined;
}

function oneOf<T extends string>(allowed: readonly T[], value: unknown): T | undefined {
  return allowed.find((one) => one === value);
}

function span(value: unknown): string | undefined {
  return typeof value === 'string' && /^\d{1,4}[dh]$/.test(value) ? value : undefined;
}
