import type { Key } from '@/api/types.ts';
import { DAY } from '@/lib/time.ts';

/** What the list shows of a key's life; the first that applies. */
export type KeyState = 'revoked' | 'deactivated' | 'expired' | 'expiring' | 'active';

const SOON = 7 * DAY;
const SHORT_PART_OF_LIFE = 0.1;

export function stateOf(key: Key, now: Date): KeyState {
  if (key.status !== 'active') {
    return key.status;
  }
  if (key.expires_at === null) {
    return 'active';
  }
  const end = Date.parse(key.expires_at);
  const left = end - now.getTime();
  if (left <= 0) {
    return 'expired';
  }
  const life = end - Date.parse(key.created_at);
  return left <= SOON && left <= life * SHORT_PART_OF_LIFE ? 'expiring' : 'active';
}

export type UseHint = 'never used' | 'idle 90 days' | 'idle 30 days' | null;

/** Whether an active key looks forgotten. A key of this week that was not used yet does not. */
export function useHintOf(key: Key, now: Date): UseHint {
  if (key.status !== 'active') {
    return null;
  }
  const since = now.getTime() - Date.parse(key.last_used_at ?? key.created_at);
  if (key.last_used_at === null) {
    return since > 7 * DAY ? 'never used' : null;
  }
  return since > 90 * DAY ? 'idle 90 days' : since > 30 * DAY ? 'idle 30 days' : null;
}

/** How a key is called: by its name, else its description, else its hint or id. */
export function titleOf(key: Key): string {
  return key.name ?? key.description ?? key.hint ?? key.id;
}

/** When a key was last used; its clients are known some seconds before the key itself says it. */
export function lastUseOf(
  key: Key,
  clients: readonly { last_seen_at: string }[] | undefined,
): string | null {
  const uses = [key.last_used_at, ...(clients ?? []).map((client) => client.last_seen_at)];
  return uses.reduce((latest, at) => (time(at) > time(latest) ? at : latest), null);
}

function time(at: string | null | undefined): number {
  return at === null || at === undefined ? 0 : Date.parse(at);
}

/** Whether something is likely to break when the key goes: it worked in the last 7 days. */
export function wasUsedLately(key: Key, now: Date): boolean {
  return (
    key.status === 'active' &&
    key.last_used_at !== null &&
    now.getTime() - Date.parse(key.last_used_at) < 7 * DAY
  );
}
