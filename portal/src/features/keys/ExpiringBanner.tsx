import { Anchor, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { expiringKeysQuery, type KeyScope } from '@/features/keys/keyQueries.ts';
import { titleOf } from '@/features/keys/keyState.ts';
import { count } from '@/lib/words.ts';
import { WarningNotice } from '@/ui/Notice.tsx';
import { When } from '@/ui/When.tsx';

const NAMED = 3;

/** Names the keys that end within 30 days, while there is time to make new ones beside them. */
export function ExpiringBanner({ scope }: { scope: KeyScope }) {
  const { data: page } = useQuery(expiringKeysQuery(scope, '30d'));
  const keys = page?.data ?? [];
  if (keys.length === 0) {
    return null;
  }
  const isMore = page?.next_cursor !== null;
  const rest = keys.length - NAMED;
  return (
    <WarningNotice
      spaced
      title={`${isMore ? `More than ${keys.length} keys` : count(keys.length, 'key')} will expire within 30 days`}
    >
      <Text size="sm" component="div">
        {keys.slice(0, NAMED).map((key) => (
          <div key={key.id}>
            <Anchor
              size="sm"
              renderRoot={(props) => <Link {...props} to="/keys/$key" params={{ key: key.id }} />}
            >
              {titleOf(key)}
            </Anchor>{' '}
            <When at={key.expires_at} ahead />
          </div>
        ))}
        {rest > 0 && `and ${isMore ? 'others' : `${rest} more`}. `}
        Make a new key beside the old one, move over, and then take the old one away.
      </Text>
    </WarningNotice>
  );
}
