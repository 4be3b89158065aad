/** A refusal of the management API (RFC 9457). */
export class KeywayProblem extends Error {
  override readonly name = 'KeywayProblem';

  constructor(
    readonly status: number,
    /** The stable code, such as `key_limit_reached`. */
    readonly code: string,
    readonly title: string,
    readonly detail: string,
    readonly requestId: string | undefined,
    /** When the same may succeed, in seconds, where the server says. */
    readonly retryAfterSeconds: number | undefined,
  ) {
    super(`${title}: ${detail} (${code})`);
  }
}

/** No answer, or none of Keyway's: nothing is known of what became of the call. */
export class KeywayUnavailable extends Error {
  override readonly name = 'KeywayUnavailable';

  constructor(
    readonly reason: string,
    cause?: unknown,
  ) {
    super(`Keyway cannot be asked now (${reason})`, { cause });
  }
}
