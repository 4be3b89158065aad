import { Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useCallback, useRef } from 'react';
import type { Key } from '@/api/types.ts';
import { Sparkline } from '@/features/usage/Sparkline.tsx';
import { TREND_KEYS, trendsQuery } from '@/features/usage/usageQueries.ts';

/**
 * Draws the last 30 days of the keys of a list: one call for every hundred of them. Its result is
 * for the `trend` of a list of keys.
 */
export function useTrends(): (keys: Key[]) => (key: Key) => ReactNode {
  // A row is drawn anew only when what it is given is another: so it is given the same.
  const drawn = useRef(new Map<string, { together: string; cell: ReactNode }>());
  return useCallback((keys: Key[]) => {
    const batches = batchesOf(keys.map((key) => key.id));
    return ({ id }: Key) => {
      const ids = batches.get(id) ?? [id];
      const together = ids.join();
      const before = drawn.current.get(id);
      if (before?.together === together) {
        return before.cell;
      }
      const cell = <TrendCell of={id} ids={ids} />;
      drawn.current.set(id, { together, cell });
      return cell;
    };
  }, []);
}

/** For each key those that are asked for with it; in an order that a sorted list does not change. */
export function batchesOf(ids: string[]): Map<string, string[]> {
  const batches = new Map<string, string[]>();
  for (let begin = 0; begin < ids.length; begin += TREND_KEYS) {
    const batch = ids.slice(begin, begin + TREND_KEYS).sort();
    for (const id of batch) {
      batches.set(id, batch);
    }
  }
  return batches;
}

function TrendCell({ of: id, ids }: { of: string; ids: string[] }) {
  const trends = useQuery({
    ...trendsQuery(ids),
    select: ({ data }) => data.find(({ key }) => key === id),
  });
  if (trends.isPending) {
    return <Skeleton width={72} height={22} radius="sm" aria-hidden="true" />;
  }
  // Counts are beside the point of a list: without them it says so little as a dash.
  return trends.data === undefined ? <span>–</span> : <Sparkline trend={trends.data} />;
}
