import { ActionIcon } from '@mantine/core';
import { useId, useState } from 'react';
import styles from '@/features/keys/SecretField.module.css';
import { CopyButton } from '@/ui/CopyButton.tsx';
import { Icon } from '@/ui/Icon.tsx';

interface Props {
  label: string;
  value: string;
  /** The first characters that may be read while it is covered; without it nothing is covered. */
  open?: string;
  /** What it is, for the names of the buttons: "key". */
  what: string;
  onCopied?: () => void;
}

/** A value to copy; a secret one stays covered until one asks to see it. */
export function SecretField({ label, value, open, what, onCopied }: Props) {
  const id = useId();
  const isSecret = open !== undefined;
  const [shown, setShown] = useState(!isSecret);
  return (
    <div className={styles.field}>
      <span className={styles.label} id={id}>
        {label}
      </span>
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset would be read as a part of a form */}
      <div className={styles.box} role="group" aria-labelledby={id}>
        <code className={`${styles.value} ${shown ? '' : styles.masked}`} data-secret={isSecret}>
          {shown ? value : `${open}${'•'.repeat(24)}`}
        </code>
        {isSecret && (
          <ActionIcon
            variant="subtle"
            size="lg"
            aria-label={shown ? `Hide the ${what}` : `Show the ${what}`}
            aria-pressed={shown}
            onClick={() => setShown(!shown)}
          >
            <Icon name={shown ? 'eyeOff' : 'eye'} />
          </ActionIcon>
        )}
        <CopyButton text={value} what={what} onCopied={onCopied} />
      </div>
    </div>
  );
}
