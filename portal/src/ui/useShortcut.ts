import { useEffect, useRef } from 'react';
import { hasShortcuts } from '@/ui/shortcutTaste.ts';

/** Calls an action on a plain key, unless something is being typed or a dialog is open. */
export function useShortcut(key: string, action: (() => void) | undefined): void {
  const latest = useRef(action);
  latest.current = action;
  const isOn = action !== undefined;
  useEffect(() => {
    if (!isOn) {
      return;
    }
    const listen = (event: KeyboardEvent) => {
      const isPlain = !event.ctrlKey && !event.metaKey && !event.altKey;
      const isFree = !isTyping(event.target) && !isDialogOpen();
      if (event.key === key && isPlain && isFree && hasShortcuts()) {
        event.preventDefault();
        latest.current?.();
      }
    };
    document.addEventListener('keydown', listen);
    return () => document.removeEventListener('keydown', listen);
  }, [key, isOn]);
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.closest('input, textarea, select') !== null;
}

function isDialogOpen(): boolean {
  return document.querySelector('[role="dialog"]') !== null;
}
