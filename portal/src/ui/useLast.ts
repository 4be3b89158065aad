import { useRef } from 'react';

/** What was there last, while there is nothing: a dialog that fades keeps what it says until then. */
export function useLast<T>(value: T | null): T | null {
  const last = useRef(value);
  if (value !== null) {
    last.current = value;
  }
  return last.current;
}
