import { infiniteQueryOptions, type QueryClient, queryOptions } from '@tanstack/react-query';
import { call } from '@/api/http.ts';
import { ApiError } from '@/api/problem.ts';
import { resourcesQuery } from '@/api/queries.ts';
import type { Resource } from '@/api/types.ts';

const PAGE = 100;
const LARGEST_PAGE = 200;

export const resourcePagesQuery = infiniteQueryOptions({
  // Beside the short list of the shell, not within it: the two have different forms.
  queryKey: ['resource-pages'],
  queryFn: ({ pageParam, signal }) =>
    call('get', '/v1/resources', { query: { limit: PAGE, cursor: pageParam }, signal }),
  initialPageParam: undefined as string | undefined,
  getNextPageParam: (last) => last.next_cursor ?? undefined,
});

/** One resource, out of what the shell has read already or else out of the pages behind it. */
export function resourceQuery(client: QueryClient, id: string) {
  return queryOptions({
    queryKey: ['resource', id],
    queryFn: async ({ signal }): Promise<Resource> => {
      const near = await client.ensureQueryData(resourcesQuery);
      return near.find((one) => one.id === id) ?? (await search(id, signal));
    },
    staleTime: Number.POSITIVE_INFINITY,
  });
}

async function search(id: string, signal: AbortSignal): Promise<Resource> {
  let cursor: string | undefined;
  do {
    const page = await call('get', '/v1/resources', {
      query: { limit: LARGEST_PAGE, cursor },
      signal,
    });
    const found = page.data.find((one) => one.id === id);
    if (found !== undefined) {
      return found;
    }
    cursor = page.next_cursor ?? undefined;
  } while (cursor !== undefined);
  throw new ApiError(404, 'not_found', 'There is nothing here for you.');
}
