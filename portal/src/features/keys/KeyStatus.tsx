import type { Key } from '@/api/types.ts';
import styles from '@/features/keys/KeyStatus.module.css';
import { type KeyState, stateOf } from '@/features/keys/keyState.ts';
import { Icon, type IconName } from '@/ui/Icon.tsx';
import { useNow } from '@/ui/useNow.ts';

const LOOKS: Record<KeyState, { words: string; icon: IconName; tone: string | undefined }> = {
  active: { words: 'Active', icon: 'check', tone: styles.good },
  expiring: { words: 'Expires soon', icon: 'clock', tone: styles.warn },
  expired: { words: 'Expired', icon: 'clock', tone: styles.plain },
  revoked: { words: 'Revoked', icon: 'ban', tone: styles.bad },
  deactivated: { words: 'Deactivated', icon: 'archive', tone: styles.plain },
};

/** A key's state in words, with a sign beside them. */
export function KeyStatus({ of: key }: { of: Key }) {
  const { words, icon, tone } = LOOKS[stateOf(key, useNow())];
  return (
    <span className={`${styles.status} ${tone}`}>
      <Icon name={icon} size={13} />
      {words}
    </span>
  );
}
