let taken: string | null = null;

/**
 * The invitation that stands behind # in the address, where no server and no log sees it. It is
 * taken out of the address at once, so that neither history nor a shared screen keeps it.
 */
export function takeInvitation(): string | null {
  const code = window.location.hash.slice(1);
  if (code !== '') {
    taken = code;
    window.history.replaceState(window.history.state, '', window.location.pathname);
  }
  return taken;
}
