import { Text } from '@mantine/core';
import type { Key } from '@/api/types.ts';
import { titleOf } from '@/features/keys/keyState.ts';
import styles from '@/features/members/ConcernedKeys.module.css';
import { LOCALE } from '@/lib/locale.ts';
import { count } from '@/lib/words.ts';
import { When } from '@/ui/When.tsx';

interface Props {
  /** The first of them, those used last first. */
  keys: Key[];
  /** How many there are, listed or not. */
  total: number;
  /** What happens to them: "stop at once and for good". */
  fate: string;
  /** Names of those who made them, where they are not all one person's. */
  people?: Map<string, string>;
}

/** Which keys a change would stop, and when each was last used: what one decides upon. */
export function ConcernedKeys({ keys, total, fate, people }: Props) {
  if (total === 0) {
    return <Text size="sm">No active key would stop.</Text>;
  }
  const words = `${count(total, 'active key')} would ${fate}`;
  return (
    <div>
      <Text size="sm" mb={8}>
        <strong>{words}</strong>, the ones used last first:
      </Text>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is reachable by keyboard */}
      <section className={styles.box} aria-label={words} tabIndex={0}>
        <ul className={styles.list}>
          {keys.map((key) => (
            <li key={key.id} className={styles.row}>
              <span className={styles.name}>{titleOf(key)}</span>
              {key.hint !== null && key.hint !== titleOf(key) && (
                <code className={styles.hint}>{key.hint}</code>
              )}
              {people !== undefined && (
                <span className={styles.maker}>{people.get(key.created_by)}</span>
              )}
              <span className={styles.used}>
                {key.last_used_at === null ? (
                  'Never used'
                ) : (
                  <>
                    Last used <When at={key.last_used_at} />
                  </>
                )}
              </span>
            </li>
          ))}
        </ul>
      </section>
      {total > keys.length && (
        <Text size="sm" c="dimmed" mt={6}>
          and {new Intl.NumberFormat(LOCALE).format(total - keys.length)} more
        </Text>
      )}
    </div>
  );
}
