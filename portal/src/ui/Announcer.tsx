import { VisuallyHidden } from '@mantine/core';
import { createContext, type ReactNode, useCallback, useContext, useRef, useState } from 'react';

const Announce = createContext<(text: string) => void>(() => {});

/** Says politely to screen readers what others see: "Copied", "Revoked". Never a secret. */
export function useAnnounce(): (text: string) => void {
  return useContext(Announce);
}

export function AnnouncerProvider({ children }: { children: ReactNode }) {
  const [text, setText] = useState('');
  const again = useRef(false);
  const announce = useCallback((next: string) => {
    // The same words twice are only spoken twice if the text differs.
    again.current = !again.current;
    setText(again.current ? next : `${next}\u00a0`);
  }, []);
  return (
    <Announce.Provider value={announce}>
      {children}
      <VisuallyHidden role="status" aria-live="polite" data-announcer>
        {text}
      </VisuallyHidden>
    </Announce.Provider>
  );
}
