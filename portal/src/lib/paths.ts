/**
 * A path of this site to go on to, or null. Only what begins with one slash: `//host` and `/\host`
 * are other sites.
 */
export function localPath(text: unknown): string | null {
  return typeof text === 'string' && /^\/(?![/\\])[^\s\\]*$/.test(text) ? text : null;
}
