/** A name for one attempt; `crypto.randomUUID` exists only where the page came over HTTPS. */
export function attemptId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
