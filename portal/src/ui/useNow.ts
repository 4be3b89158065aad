import { useSyncExternalStore } from 'react';

const EVERY_MILLIS = 30_000;

// One clock for the page: a thousand rows with a timer each would be a thousand timers.
const listeners = new Set<() => void>();
let now = new Date();
let timer: ReturnType<typeof setInterval> | undefined;

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  if (timer === undefined) {
    now = new Date();
    timer = setInterval(() => {
      now = new Date();
      for (const tell of listeners) {
        tell();
      }
    }, EVERY_MILLIS);
  }
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0) {
      clearInterval(timer);
      timer = undefined;
    }
  };
}

/** The time, again every half minute. */
export function useNow(): Date {
  return useSyncExternalStore(subscribe, () => now);
}
