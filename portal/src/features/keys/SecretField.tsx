import { ActionIcon } from '@mantine/core';
import { useEffect, useId, useRef, useState } from 'react';
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
  /** The one value that matters: its button has words, and the focus. */
  isMain?: boolean;
  onCopied?: () => void;
}

/** A value to copy; a secret one stays covered until one asks to see it, or must copy it by hand. */
export function SecretField({ label, value, open, what, isMain, onCopied }: Props) {
  const id = useId();
  const isSecret = open !== undefined;
  const [shown, setShown] = useState(!isSecret);
  const [mustSelect, setMustSelect] = useState(false);
  const code = useRef<HTMLElement>(null);
  useEffect(() => {
    if (mustSelect && code.current !== null) {
      window.getSelection()?.selectAllChildren(code.current);
    }
  }, [mustSelect]);
  return (
    <div className={styles.field}>
      <span className={styles.label} id={id}>
        {label}
      </span>
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset would be read as a part of a form */}
      <div className={styles.box} role="group" aria-labelledby={id}>
        <code
          ref={code}
          className={`${styles.value} ${shown ? '' : styles.masked}`}
          data-secret={isSecret}
        >
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
        <CopyButton
          text={value}
          what={what}
          labelled={isMain}
          takesFocus={isMain}
          onCopied={onCopied}
          onFailed={() => {
            setShown(true);
            setMustSelect(true);
          }}
        />
      </div>
    </div>
  );
}
