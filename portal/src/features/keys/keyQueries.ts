import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { call } from '@/api/http.ts';
import type { Key } from '@/api/types.ts';
import type { KeySearch } from '@/features/keys/keySearch.ts';

/** Whose keys: of a workspace, of a resource, of an account, or of all that one may see. */
export interface KeyScope {
  workspace?: string;
  resource?: string;
  account?: string;
}

export const ROWS_AT_FIRST = 50;

/** All lists of keys; a change of a key makes them old. */
export const KEY_LISTS = ['keys'] as const;

export function keyListQuery(scope: KeyScope, search: KeySearch) {
  const { view: _, ...filters } = search;
  return infiniteQueryOptions({
    queryKey: [...KEY_LISTS, 'list', scope, filters],
    queryFn: ({ pageParam, signal }) =>
      call('get', '/v1/keys', {
        query: {
          ...scope,
          account: scope.account ?? search.maker,
          status: search.status === undefined ? undefined : [search.status],
          q: search.q,
          expires_within: search.expiring,
          idle_for: search.idle,
          sort: search.sort,
          limit: search.rows ?? ROWS_AT_FIRST,
          cursor: pageParam,
        },
        signal,
      }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.next_cursor ?? undefined,
  });
}

/** The active keys that count against a limit, or can be used with a client. */
export function activeKeysQuery(scope: KeyScope) {
  return queryOptions({
    queryKey: [...KEY_LISTS, 'active', scope],
    queryFn: async ({ signal }): Promise<Key[]> =>
      (
        await call('get', '/v1/keys', {
          query: { ...scope, status: ['active'], limit: 200 },
          signal,
        })
      ).data,
  });
}

/** The keys that end soon, which the banner names. */
export function expiringKeysQuery(scope: KeyScope, within: string) {
  return queryOptions({
    queryKey: [...KEY_LISTS, 'expiring', scope, within],
    queryFn: ({ signal }) =>
      call('get', '/v1/keys', {
        query: { ...scope, expires_within: within, sort: 'expires_at', limit: 20 },
        signal,
      }),
  });
}

export function keyQuery(key: string) {
  return queryOptions({
    queryKey: ['key', key],
    queryFn: ({ signal }) => call('get', '/v1/keys/{key}', { path: { key }, signal }),
  });
}
