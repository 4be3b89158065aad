import { Button, Text } from '@mantine/core';
import { useId } from 'react';
import type { Key } from '@/api/types.ts';
import styles from '@/features/connect/KeyChoice.module.css';
import { titleOf } from '@/features/keys/keyState.ts';
import { When } from '@/ui/When.tsx';

interface Props {
  keys: readonly Key[];
  chosen: Key | undefined;
  onChoose: (key: Key) => void;
  /** The product's own words for making a key. */
  createLabel: string;
  /** Makes a key, in place; absent where the person may not. */
  onCreate: (() => void) | undefined;
}

/** Which of the keys the client is to use. Keys cannot be shown again, so their names must do. */
export function KeyChoice({ keys, chosen, onChoose, createLabel, onCreate }: Props) {
  const group = useId();
  const question = useId();
  if (keys.length === 0) {
    return (
      <div className={styles.choice}>
        <Text size="sm">You have no active key yet. A client needs one.</Text>
        {onCreate !== undefined && <Button onClick={onCreate}>{createLabel}</Button>}
      </div>
    );
  }
  return (
    <div className={styles.choice}>
      <div role="radiogroup" aria-labelledby={question}>
        <Text id={question} size="sm" mb={8}>
          {keys.length === 1 ? 'Your active key:' : 'Which one did you save?'}
        </Text>
        <div className={styles.list}>
          {keys.map((key) => (
            <label key={key.id} className={styles.key}>
              <input
                type="radio"
                name={group}
                checked={key.id === chosen?.id}
                onChange={() => onChoose(key)}
              />
              <span className={styles.words}>
                <span className={styles.name}>{titleOf(key)}</span>
                {key.hint !== null && key.hint !== titleOf(key) && (
                  <code className={styles.hint} dir="ltr">
                    {key.hint}
                  </code>
                )}
                <span className={styles.since}>
                  created <When at={key.created_at} />
                </span>
              </span>
            </label>
          ))}
        </div>
      </div>
      {onCreate !== undefined && (
        <div className={styles.none}>
          <Text size="sm" c="dimmed" component="span">
            Saved {keys.length === 1 ? 'it nowhere' : 'none of them'}?
          </Text>
          <Button variant="default" size="xs" onClick={onCreate}>
            {createLabel}
          </Button>
        </div>
      )}
    </div>
  );
}
