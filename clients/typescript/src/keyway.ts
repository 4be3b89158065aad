import { baseOf } from './door.js';
import type { components, operations } from './openapi.js';
import { KeywayProblem, KeywayUnavailable } from './problem.js';
import { Transport, type Answered, type CallLimits } from './transport.js';

type Schemas = components['schemas'];
export type Key = Schemas['Key'];
export type NewKey = Schemas['NewKey'];
export type CreatedKey = Schemas['CreatedKey'];
export type KeyChange = Schemas['KeyChange'];
export type Revocation = Schemas['Revocation'];
export type KeyFilter = NonNullable<operations['listKeys']['parameters']['query']>;

export interface KeywayOptions {
  /** The control listener's address. */
  url: string;
  /** An operator key, or a product's key where its profile lets keys manage keys. */
  key: string;
  limits?: Partial<CallLimits>;
  fetch?: typeof fetch;
}

export interface KeyCheck {
  product?: string;
  resource?: string;
  /** Whether it counts on the key's limits; it does unless this is false. */
  count?: boolean;
}

/** What became of a verification; `unavailable` is never a wrong key. */
export type Verification =
  | { kind: 'valid'; keyId: string; product: string; accountId?: string; workspaceId?: string }
  | { kind: 'invalid'; code: string }
  | { kind: 'unavailable'; reason: string; cause?: unknown };

/** A narrowing call waits for every node, W + 5 s at most. */
const NARROWING_MS = 60_000;
const MOST_KEY = 512;

/** The management API and the verification of keys. */
export class Keyway {
  readonly #base: string;
  readonly #key: string;
  readonly #quick: Transport;
  readonly #patient: Transport;

  constructor(options: KeywayOptions) {
    this.#base = baseOf(options.url);
    this.#key = options.key;
    this.#quick = new Transport(options.limits, options.fetch);
    this.#patient = new Transport({ ...options.limits, timeoutMs: NARROWING_MS }, options.fetch);
  }

  /** Asks whether a key is good; the promise never fails. Needs an operator key that may verify. */
  async verify(key: string, check: KeyCheck = {}): Promise<Verification> {
    if (key.length > MOST_KEY) {
      return { kind: 'invalid', code: 'malformed' };
    }
    const reply = await this.#quick.call(
      `${this.#base}/v1/keys/verify`,
      this.#init('POST', { key, ...check }),
    );
    if (!('answered' in reply)) {
      return { kind: 'unavailable', reason: reply.reason, cause: reply.cause };
    }
    return verification(reply.answered);
  }

  /** Makes a key. Its secret is in the answer and nowhere afterwards. */
  async createKey(wanted: NewKey, idempotencyKey: string = crypto.randomUUID()): Promise<CreatedKey> {
    return this.#json('POST', '/v1/keys', wanted, { 'Idempotency-Key': `"${idempotencyKey}"` });
  }

  async getKey(id: string): Promise<Key> {
    return this.#json('GET', `/v1/keys/${encodeURIComponent(id)}`);
  }

  async updateKey(id: string, change: KeyChange): Promise<Key> {
    return this.#json('PATCH', `/v1/keys/${encodeURIComponent(id)}`, change);
  }

  /** Ends a key. Once this has returned, no node accepts it and what it had open is closed. */
  async revokeKey(id: string, reason?: string): Promise<{ key: Key; revocation: Revocation }> {
    return this.#json('POST', `/v1/keys/${encodeURIComponent(id)}/revoke`, {
      ...(reason === undefined ? {} : { reason }),
    });
  }

  /** Keys, newest first, page after page. */
  async *listKeys(filter: Omit<KeyFilter, 'cursor'> = {}): AsyncGenerator<Key> {
    let cursor: string | null | undefined;
    do {
      const query = new URLSearchParams();
      for (const [name, value] of Object.entries({ ...filter, cursor })) {
        if (value !== undefined && value !== null) {
          query.set(name, String(value));
        }
      }
      const page = await this.#json<{ data: Key[]; next_cursor: string | null }>(
        'GET',
        `/v1/keys?${query}`,
      );
      yield* page.data;
      cursor = page.next_cursor;
    } while (cursor);
  }

  /** Whose key this client uses. */
  async me(): Promise<Schemas['MeKey'] | Schemas['MeOperator']> {
    return this.#json('GET', '/v1/me');
  }

  async #json<T>(
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<T> {
    const reply = await this.#patient.call(
      this.#base + path,
      this.#init(method, body, headers),
    );
    if (!('answered' in reply)) {
      throw new KeywayUnavailable(reply.reason, reply.cause);
    }
    const read = parsed(reply.answered.body);
    if (reply.answered.status < 200 || reply.answered.status > 299 || read === undefined) {
      throw problem(reply.answered, read);
    }
    return read as T;
  }

  #init(method: string, body?: unknown, headers: Record<string, string> = {}): RequestInit {
    return {
      method,
      headers: {
        Authorization: `Bearer ${this.#key}`,
        ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    };
  }

  /** Shows no key. */
  toJSON(): unknown {
    return { url: this.#base };
  }
}

function verification(answered: Answered): Verification {
  const read = parsed(answered.body) as Schemas['Verified'] | undefined;
  if (answered.status !== 200 || typeof read?.valid !== 'boolean') {
    return { kind: 'unavailable', reason: `status ${answered.status}` };
  }
  if (!read.valid) {
    return { kind: 'invalid', code: read.code };
  }
  if (read.code !== 'valid' || !read.key) {
    return { kind: 'unavailable', reason: 'foreign_answer' };
  }
  return {
    kind: 'valid',
    keyId: read.key.id,
    product: read.key.product,
    ...(read.account ? { accountId: read.account.id } : {}),
    ...(read.workspace ? { workspaceId: read.workspace.id } : {}),
  };
}

function problem(answered: Answered, read: unknown): Error {
  const said = (read ?? {}) as Partial<Schemas['Problem']>;
  if (typeof said.code !== 'string') {
    return new KeywayUnavailable(`status ${answered.status}`);
  }
  const retryAfter = Number(answered.headers.get('Retry-After') ?? Number.NaN);
  return new KeywayProblem(
    answered.status,
    said.code,
    said.title ?? '',
    said.detail ?? '',
    said.request_id,
    Number.isFinite(retryAfter) ? retryAfter : undefined,
  );
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}
