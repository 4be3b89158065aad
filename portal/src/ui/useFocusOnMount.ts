import { type RefObject, useEffect, useRef } from 'react';

/** Gives an element the focus when it appears in the place of what had it. */
export function useFocusOnMount<T extends HTMLElement>(isWanted = true): RefObject<T | null> {
  const element = useRef<T>(null);
  useEffect(() => {
    if (isWanted) {
      element.current?.focus();
    }
  }, [isWanted]);
  return element;
}
