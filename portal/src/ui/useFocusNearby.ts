import { useEffect, useRef } from 'react';

/** After the dialog has given the focus back, where what opened it is still there. */
const AFTER_RETURN_MILLIS = 50;

const FOCUSABLE = 'a[href], button:not(:disabled), input, select, textarea, [tabindex]';

/**
 * When a dialog closes and what opened it is gone, as the button of a key that was just taken away,
 * the focus goes to what is nearest to where that was. Left alone it would fall to the top of the
 * page.
 */
export function useFocusNearby(opened: boolean): void {
  const surroundings = useRef<Element[]>([]);
  useEffect(() => {
    if (opened) {
      surroundings.current = ancestorsOf(document.activeElement);
      return;
    }
    const before = surroundings.current;
    surroundings.current = [];
    if (before.length === 0) {
      return;
    }
    const timer = setTimeout(() => {
      if (document.activeElement === null || document.activeElement === document.body) {
        nearest(before)?.focus();
      }
    }, AFTER_RETURN_MILLIS);
    return () => clearTimeout(timer);
  }, [opened]);
}

function ancestorsOf(element: Element | null): Element[] {
  const found: Element[] = [];
  for (let at = element; at !== null && at !== document.body; at = at.parentElement) {
    found.push(at);
  }
  return found;
}

function nearest(surroundings: Element[]): HTMLElement | null {
  for (const element of surroundings.filter((one) => one.isConnected)) {
    const inside = element.matches(FOCUSABLE) ? element : element.querySelector(FOCUSABLE);
    if (inside instanceof HTMLElement) {
      return inside;
    }
  }
  return document.querySelector('main');
}
