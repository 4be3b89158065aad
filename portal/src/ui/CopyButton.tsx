import { ActionIcon, Button, Tooltip } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useAnnounce } from '@/ui/Announcer.tsx';
import { copyText } from '@/ui/copy.ts';
import { Icon } from '@/ui/Icon.tsx';
import { useFocusOnMount } from '@/ui/useFocusOnMount.ts';

const SHOWN_MILLIS = 2500;

type Outcome = 'idle' | 'copied' | 'failed';

interface Props {
  /** What is copied; a function where it is made when asked for. */
  text: string | (() => string);
  /** What it is, for the button's name: "key", "command". */
  what: string;
  /** With words beside the icon: the one thing to do. */
  labelled?: boolean;
  /** Whether it has the focus when it appears. */
  takesFocus?: boolean;
  onCopied?: () => void;
  onFailed?: () => void;
}

/** Copies, and says that it did only when it did. */
export function CopyButton({ text, what, labelled, takesFocus, onCopied, onFailed }: Props) {
  const button = useFocusOnMount<HTMLButtonElement>(takesFocus === true);
  const announce = useAnnounce();
  const [outcome, setOutcome] = useState<Outcome>('idle');
  useEffect(() => {
    if (outcome === 'copied') {
      const timer = setTimeout(() => setOutcome('idle'), SHOWN_MILLIS);
      return () => clearTimeout(timer);
    }
  }, [outcome]);

  const copy = async () => {
    const done = await copyText(typeof text === 'function' ? text() : text);
    setOutcome(done ? 'copied' : 'failed');
    announce(done ? `Copied the ${what}` : `Could not copy the ${what}. Select it and copy it.`);
    if (done) {
      onCopied?.();
    } else {
      onFailed?.();
    }
  };
  const words = { idle: 'Copy', copied: 'Copied', failed: 'Could not copy: select it' }[outcome];
  const icon = (
    <Icon name={outcome === 'copied' ? 'check' : outcome === 'failed' ? 'alert' : 'copy'} />
  );
  if (labelled) {
    return (
      <Button
        ref={button}
        size="compact-md"
        leftSection={icon}
        onClick={copy}
        aria-label={`Copy ${what}`}
        data-outcome={outcome}
      >
        {words}
      </Button>
    );
  }
  return (
    <Tooltip label={words} withinPortal={false}>
      <ActionIcon
        ref={button}
        variant="subtle"
        color={outcome === 'failed' ? 'red' : undefined}
        size="lg"
        onClick={copy}
        aria-label={`Copy ${what}`}
        data-outcome={outcome}
      >
        {icon}
      </ActionIcon>
    </Tooltip>
  );
}
