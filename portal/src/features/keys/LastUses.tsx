import { Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { Key } from '@/api/types.ts';
import { keyUsageQuery } from '@/features/usage/usageQueries.ts';
import { count } from '@/lib/words.ts';
import { When } from '@/ui/When.tsx';

/** What would stop: when the key was last used, how often today, and by which clients. */
export function LastUses({ of: key }: { of: Key }) {
  const { data: usage } = useQuery(keyUsageQuery(key.id, '24h'));
  const clients = [...new Set(usage?.clients.flatMap(({ client }) => client ?? []))];
  return (
    <Text size="sm" c="dimmed" component="div">
      <div>
        Last used: <When at={key.last_used_at} />
      </div>
      {usage !== undefined && <div>In the last 24 hours: {count(usage.requests, 'request')}</div>}
      {clients.length > 0 && <div>Seen with: {clients.slice(0, 4).join(', ')}</div>}
    </Text>
  );
}
