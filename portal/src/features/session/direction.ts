/** Keeps the direction of text for the next visit; `appearance.js` reads it before the first paint. */
export function keepDirection(direction: 'ltr' | 'rtl'): void {
  try {
    window.localStorage.setItem('keyway-direction', direction);
  } catch {
    // A browser that keeps nothing shows it until it is closed.
  }
}
