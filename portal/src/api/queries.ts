import { queryOptions } from '@tanstack/react-query';
import { call, rememberCsrfToken } from '@/api/http.ts';
import type { Me, Product } from '@/api/types.ts';

const MINUTE_MILLIS = 60_000;

/** The signed-in person; brings the session's token along. */
export const meQuery = queryOptions({
  queryKey: ['me'],
  queryFn: async ({ signal }): Promise<Me> => {
    const me = (await call('get', '/v1/me', { signal })) as Me;
    rememberCsrfToken(me.csrf_token, me.account.id);
    return me;
  },
  staleTime: MINUTE_MILLIS,
});

/** The person's product: what its profile says of keys, words and places. */
export const productQuery = queryOptions({
  queryKey: ['product'],
  queryFn: async ({ signal }): Promise<Product> => {
    const { data } = await call('get', '/v1/products', { signal });
    const product = data[0];
    if (product === undefined) {
      throw new Error('no product');
    }
    return product;
  },
  staleTime: Number.POSITIVE_INFINITY,
});

/** What the sign-in page may know: the products' names. */
export const portalQuery = queryOptions({
  queryKey: ['portal'],
  queryFn: ({ signal }) => call('get', '/v1/portal', { signal }),
  staleTime: Number.POSITIVE_INFINITY,
});

export function workspaceQuery(workspace: string) {
  return queryOptions({
    queryKey: ['workspace', workspace],
    queryFn: ({ signal }) =>
      call('get', '/v1/workspaces/{workspace}', { path: { workspace }, signal }),
    staleTime: MINUTE_MILLIS,
  });
}

export const resourcesQuery = queryOptions({
  queryKey: ['resources'],
  queryFn: async ({ signal }) =>
    (await call('get', '/v1/resources', { query: { limit: 200 }, signal })).data,
  staleTime: MINUTE_MILLIS,
});
