/** Why nobody can say now whether a request may pass. */
export type UnavailableReason =
  | 'timeout'
  | 'unreachable'
  | 'overloaded'
  | 'circuit_open'
  | 'cannot_decide'
  | 'foreign_answer'
  | 'door_closed';

export interface CallLimits {
  /** How long one call may take, in milliseconds. */
  timeoutMs: number;
  /** How many calls may be under way; one more is refused at once. */
  concurrency: number;
  /** After so many calls in a row that got no answer, Keyway is not asked for a while. */
  failures: number;
  /** That while, in milliseconds; then one call tries. */
  restMs: number;
}

export const DEFAULT_LIMITS: CallLimits = {
  timeoutMs: 2000,
  concurrency: 256,
  failures: 5,
  restMs: 5000,
};

export interface Answered {
  status: number;
  headers: Headers;
  body: string;
}

export type Reply = { answered: Answered } | { reason: UnavailableReason; cause?: unknown };

const MOST_BODY = 64 * 1024;

/** Calls in bounded time and number. Redirects are answers like others: a key follows none. */
export class Transport {
  readonly #limits: CallLimits;
  readonly #fetch: typeof fetch;
  #underWay = 0;
  #failures = 0;
  #restsUntil = 0;

  constructor(limits: Partial<CallLimits> = {}, fetcher: typeof fetch = fetch) {
    this.#limits = { ...DEFAULT_LIMITS, ...limits };
    this.#fetch = fetcher;
  }

  /** Makes a call; the promise never fails. */
  async call(url: string, init: RequestInit): Promise<Reply> {
    if (this.#underWay >= this.#limits.concurrency) {
      return { reason: 'overloaded' };
    }
    if (this.#isResting()) {
      return { reason: 'circuit_open' };
    }
    this.#underWay++;
    try {
      const answered = await this.#send(url, init);
      this.#failures = 0;
      return { answered };
    } catch (cause) {
      this.#failed();
      return { reason: isTimeout(cause) ? 'timeout' : 'unreachable', cause };
    } finally {
      this.#underWay--;
    }
  }

  async #send(url: string, init: RequestInit): Promise<Answered> {
    const signal = AbortSignal.timeout(this.#limits.timeoutMs);
    const response = await this.#fetch(url, { ...init, redirect: 'manual', signal });
    return {
      status: response.status,
      headers: response.headers,
      body: await boundedText(response),
    };
  }

  #isResting(): boolean {
    const now = performance.now();
    if (this.#failures < this.#limits.failures) {
      return false;
    }
    if (now < this.#restsUntil) {
      return true;
    }
    // One tries; the others go on resting until it has an answer.
    this.#restsUntil = now + this.#limits.restMs;
    return false;
  }

  #failed(): void {
    this.#failures++;
    if (this.#failures >= this.#limits.failures) {
      this.#restsUntil = performance.now() + this.#limits.restMs;
    }
  }
}

function isTimeout(cause: unknown): boolean {
  return cause instanceof Error && (cause.name === 'TimeoutError' || cause.name === 'AbortError');
}

/** Whatever answers in Keyway's place must not fill our memory. */
async function boundedText(response: Response): Promise<string> {
  if (response.body === null) {
    return '';
  }
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of response.body) {
    length += chunk.byteLength;
    if (length > MOST_BODY) {
      throw new Error('the answer is too long');
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}
