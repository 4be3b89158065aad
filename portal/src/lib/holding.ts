// While something is shown that cannot be shown again, nothing may take the page away by itself.
let held = 0;
let waiting: (() => void) | null = null;

/** Keeps the page as it is, until what this returns is called. */
export function holdPage(): () => void {
  held++;
  return () => {
    held--;
    if (held === 0 && waiting !== null) {
      const action = waiting;
      waiting = null;
      action();
    }
  };
}

/** Does it now, or as soon as nothing holds the page any more. */
export function whenPageIsFree(action: () => void): void {
  if (held === 0) {
    action();
  } else {
    waiting = action;
  }
}
