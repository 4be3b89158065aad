import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import { call } from '@/api/http.ts';
import { rangeQuery, type UsageRange } from '@/features/usage/usageRange.ts';

const MINUTE_MILLIS = 60_000;
const ACTIVITY_PAGE = 20;

/** As many keys one call tells of. */
export const TREND_KEYS = 100;
export const TREND_DAYS = 30;

/** A key's use in a range; what is shown stays while another range is read. */
export function keyUsageQuery(key: string, range: UsageRange) {
  return queryOptions({
    queryKey: ['usage', 'key', key, range],
    queryFn: ({ signal }) =>
      call('get', '/v1/keys/{key}/usage', {
        path: { key },
        query: rangeQuery(range, new Date()),
        signal,
      }),
    placeholderData: keepPreviousData,
  });
}

/** The daily use of up to a hundred keys, in one call. */
export function trendsQuery(keys: string[]) {
  return queryOptions({
    queryKey: ['usage', 'trends', keys],
    queryFn: ({ signal }) =>
      call('get', '/v1/usage', { query: { keys, days: TREND_DAYS }, signal }),
    staleTime: MINUTE_MILLIS,
    placeholderData: keepPreviousData,
  });
}

/** What was done with a key and what was refused, newest first. */
export function activityQuery(key: string) {
  return infiniteQueryOptions({
    queryKey: ['audit', 'key', key],
    queryFn: ({ pageParam, signal }) =>
      call('get', '/v1/audit', {
        query: { key, limit: ACTIVITY_PAGE, cursor: pageParam },
        signal,
      }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.next_cursor ?? undefined,
  });
}

/** Who took a key away: the first call that did; later ones only repeated it. */
export function revokerQuery(key: string) {
  return queryOptions({
    queryKey: ['audit', 'revoker', key],
    queryFn: async ({ signal }) => {
      const { data } = await call('get', '/v1/audit', {
        query: { key, action: 'key.revoke', limit: 100 },
        signal,
      });
      return data.findLast((event) => event.outcome === 'done') ?? null;
    },
  });
}
