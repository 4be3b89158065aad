const NAME = 'keyway-shortcuts';

/** Whether plain letters do something (WCAG 2.1.4: whoever speaks or slips can turn that off). */
export function hasShortcuts(): boolean {
  try {
    return window.localStorage.getItem(NAME) !== 'off';
  } catch {
    return true;
  }
}

/** Keeps the choice for the next visit; it holds from the next key that is pressed. */
export function keepShortcuts(wish: 'on' | 'off'): void {
  try {
    window.localStorage.setItem(NAME, wish);
  } catch {
    // A browser that keeps nothing has them on.
  }
}
