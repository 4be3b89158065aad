import { type InfiniteData, useMutation, useQueryClient } from '@tanstack/react-query';
import { call } from '@/api/http.ts';
import type { Key, KeyChange, NewKey, Page } from '@/api/types.ts';
import { KEY_LISTS, keyQuery } from '@/features/keys/keyQueries.ts';
import { Forgettable } from '@/lib/forgettable.ts';

/** A key that was just made. */
export interface MadeKey {
  key: Key;
  /** What is shown once: null when the answer that held it was lost. */
  once: Forgettable<ShownOnce> | null;
}

export interface ShownOnce {
  secret: string;
  endpoint: string | null;
}

/**
 * Makes a key. Its secret is put where it can be forgotten, because caches and components hold what
 * they were given for longer than anybody sees; lists are read anew when the dialog was closed.
 */
export function useCreateKey() {
  return useMutation({
    gcTime: 0,
    mutationFn: async ({ key, attempt }: { key: NewKey; attempt: string }): Promise<MadeKey> => {
      const made = await call('post', '/v1/keys', { body: key, idempotencyKey: attempt });
      return {
        key: made.key,
        once:
          made.secret === null
            ? null
            : new Forgettable({ secret: made.secret, endpoint: made.endpoint_url ?? null }),
      };
    },
  });
}

export function useReadKeysAnew(): () => void {
  const client = useQueryClient();
  return () => {
    client.invalidateQueries({ queryKey: KEY_LISTS });
  };
}

export function useUpdateKey() {
  const client = useQueryClient();
  const put = usePutKey();
  return useMutation({
    mutationFn: ({ id, change }: { id: string; change: KeyChange }) =>
      call('patch', '/v1/keys/{key}', { path: { key: id }, body: change }),
    onSuccess: ({ key }) => {
      put(key);
      client.invalidateQueries({ queryKey: ['audit'] });
    },
  });
}

/** Revokes: when it has answered, nothing accepts the key any more. The row changes in its place. */
export function useRevokeKey() {
  const client = useQueryClient();
  const put = usePutKey();
  return useMutation({
    mutationFn: ({ id, reason }: { id: string; reason?: string }) =>
      call('post', '/v1/keys/{key}/revoke', { path: { key: id }, body: { reason } }),
    onSuccess: ({ key }) => {
      put(key);
      client.invalidateQueries({ queryKey: ['audit'] });
    },
    // It may be done all the same, when the answer is that this is not known.
    onError: () => {
      client.invalidateQueries({ queryKey: KEY_LISTS });
      client.invalidateQueries({ queryKey: ['key'] });
    },
  });
}

/** Puts a changed key where its old form is shown, without moving a row. */
function usePutKey(): (key: Key) => void {
  const client = useQueryClient();
  return (key) => {
    client.setQueryData(keyQuery(key.id).queryKey, key);
    client.setQueriesData<Key[] | InfiniteData<Page<Key>>>({ queryKey: KEY_LISTS }, (lists) =>
      lists === undefined || !('pages' in lists)
        ? lists
        : {
            ...lists,
            pages: lists.pages.map((page) => ({
              ...page,
              data: page.data.map((row) => (row.id === key.id ? key : row)),
            })),
          },
    );
    // The short lists count what is active.
    client.invalidateQueries({
      queryKey: KEY_LISTS,
      predicate: ({ queryKey }) => queryKey[1] === 'active' || queryKey[1] === 'expiring',
    });
  };
}
