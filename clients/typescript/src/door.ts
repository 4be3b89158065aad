import { Transport, type Answered, type CallLimits, type UnavailableReason } from './transport.js';

/** Whose key it was, as Keyway says. */
export interface Identity {
  keyId: string;
  accountId: string;
  workspaceId?: string;
  resourceId?: string;
  requestId: string;
  /** The signed identity, where the route asks for one. */
  token?: string;
}

/** An answer for the client, as it is. */
export interface ClientAnswer {
  status: number;
  headers: [string, string][];
  body: string;
}

/**
 * What is to be done with a request. Only `allowed` lets it through; an outage is never told as a
 * wrong key, and a wrong key never as an outage.
 */
export type Decision =
  | { kind: 'allowed'; identity: Identity; headers: [string, string][] }
  | { kind: 'refused'; code: string; answer: ClientAnswer }
  | { kind: 'preflight'; answer: ClientAnswer }
  | { kind: 'unavailable'; reason: UnavailableReason; answer: ClientAnswer; cause?: unknown };

export interface DoorOptions {
  /** The control listener's address, such as `http://127.0.0.1:7700`. */
  url: string;
  /** The profile's name. */
  product: string;
  limits?: Partial<CallLimits>;
  fetch?: typeof fetch;
}

/** A request as Keyway has to know it. */
export interface Asked {
  method: string;
  /** Path and query as they came. */
  target: string;
  /** Every header line once, in order; those that no decision needs are left out. */
  headers: Iterable<[string, string]>;
  /** The client's address, as far as the application knows it. */
  address?: string;
}

const NEEDED = new Set([
  'authorization',
  'x-api-key',
  'origin',
  'access-control-request-method',
  'access-control-request-headers',
  'user-agent',
  'x-forwarded-for',
]);
const MOST_TARGET = 8 * 1024;
const MOST_FIELDS = 14 * 1024;
const SAID_OF_ALL = new Set(['vary', 'keyway-request-id', 'ratelimit', 'ratelimit-policy']);
const SAID_OF_A_REFUSAL = new Set([
  'content-type',
  'retry-after',
  'www-authenticate',
  'allow',
  'cache-control',
]);
const METHOD = /^[\x21-\x7e]+$/;
const TARGET = /^\/[\x21-\x22\x24-\x7e]*$/;

/**
 * Keyway's forward-auth door (`/authz/{product}`): asks once for each request whether it may pass.
 * This host must be in Keyway's `control.internal-networks`. No decision is kept, because once a
 * revocation has returned the next request has to be refused.
 */
export class Door {
  readonly #url: string;
  readonly #transport: Transport;

  constructor(options: DoorOptions) {
    if (!/^[a-z0-9][a-z0-9-]*$/.test(options.product)) {
      throw new TypeError(`'${options.product}' is no product's name`);
    }
    this.#url = `${baseOf(options.url)}/authz/${options.product}`;
    this.#transport = new Transport(options.limits, options.fetch);
  }

  /** Asks; the promise never fails. */
  async check(asked: Asked): Promise<Decision> {
    const fields = [...asked.headers].filter(([name]) => NEEDED.has(name.toLowerCase()));
    const length = fields.reduce((sum, [name, value]) => sum + name.length + value.length, 0);
    if (!METHOD.test(asked.method) || !TARGET.test(asked.target)) {
      return refused(400, 'invalid_request', 'The request is not well-formed HTTP/1.1.');
    }
    if (asked.target.length > MOST_TARGET || length > MOST_FIELDS) {
      return refused(413, 'too_large', 'The request line or the headers are too long.');
    }
    const reply = await this.#transport.call(this.#url, { headers: toHeaders(asked, fields) });
    return 'answered' in reply
      ? decide(asked, fields, reply.answered)
      : unavailable(reply.reason, undefined, reply.cause);
  }
}

/** The address without a slash at its end. */
export function baseOf(url: string): string {
  const parsed = new URL(url);
  if (!/^https?:$/.test(parsed.protocol) || parsed.username || parsed.search || parsed.hash) {
    throw new TypeError(`'${parsed.origin}' is no address of a Keyway server`);
  }
  return `${parsed.origin}${parsed.pathname}`.replace(/\/+$/, '');
}

function toHeaders(asked: Asked, fields: [string, string][]): Headers {
  const headers = new Headers({
    'X-Forwarded-Method': asked.method,
    'X-Forwarded-Uri': asked.target,
  });
  // Two lines of one name become one with a comma, which Keyway refuses where a key is: as it must.
  for (const [name, value] of fields) {
    headers.append(name, value.replace(/[^\x20-\x7e]/g, '?'));
  }
  if (asked.address !== undefined) {
    headers.append('X-Forwarded-For', asked.address);
  }
  return headers;
}

/** Whatever is not plainly Keyway's word neither opens the application nor blames a key. */
function decide(asked: Asked, fields: [string, string][], answered: Answered): Decision {
  const status = Number(/^[2-5]\d\d$/.exec(answered.headers.get('Keyway-Status') ?? '')?.[0] ?? -1);
  if (status < 0) {
    return unavailable(foreign(answered));
  }
  const code = answered.headers.get('Keyway-Code');
  if (answered.status >= 200 && answered.status < 300) {
    return passed(asked, fields, answered, status, code) ?? unavailable('foreign_answer');
  }
  if (code === null || status < 400) {
    return unavailable('foreign_answer');
  }
  if (status >= 500) {
    const says = status === 503 && answered.headers.has('Retry-After');
    return unavailable('cannot_decide', says ? told(answered, status) : undefined);
  }
  return { kind: 'refused', code, answer: told(answered, status) };
}

function passed(
  asked: Asked,
  fields: [string, string][],
  answered: Answered,
  status: number,
  code: string | null,
): Decision | undefined {
  if (code === 'preflight' && isPreflight(asked, fields)) {
    return { kind: 'preflight', answer: told(answered, status) };
  }
  const field = (name: string) => answered.headers.get(name) ?? undefined;
  const keyId = field('Keyway-Key-Id');
  const accountId = field('Keyway-Account-Id');
  const requestId = field('Keyway-Request-Id');
  if (status !== 200 || code !== 'valid' || !keyId || !accountId || !requestId) {
    return undefined;
  }
  const workspaceId = field('Keyway-Workspace-Id');
  const resourceId = field('Keyway-Resource-Id');
  const token = field('Keyway-Identity');
  const identity: Identity = {
    keyId,
    accountId,
    requestId,
    ...(workspaceId === undefined ? {} : { workspaceId }),
    ...(resourceId === undefined ? {} : { resourceId }),
    ...(token === undefined ? {} : { token }),
  };
  return { kind: 'allowed', identity, headers: chosen(answered.headers, isSaidOfAll) };
}

function isPreflight(asked: Asked, fields: [string, string][]): boolean {
  const has = (wanted: string) => fields.some(([name]) => name.toLowerCase() === wanted);
  return asked.method === 'OPTIONS' && has('origin') && has('access-control-request-method');
}

function foreign(answered: Answered): UnavailableReason {
  return answered.status === 404 ? 'door_closed' : 'foreign_answer';
}

function told(answered: Answered, status: number): ClientAnswer {
  const headers = chosen(
    answered.headers,
    (name) => isSaidOfAll(name) || SAID_OF_A_REFUSAL.has(name),
  );
  return { status, headers, body: status < 300 ? '' : answered.body };
}

function chosen(headers: Headers, wanted: (name: string) => boolean): [string, string][] {
  return [...headers].filter(([name]) => wanted(name.toLowerCase()));
}

function isSaidOfAll(name: string): boolean {
  return (
    SAID_OF_ALL.has(name) || name.startsWith('access-control-') || name.startsWith('x-ratelimit-')
  );
}

function refused(status: number, code: string, detail: string): Decision {
  const title = status === 413 ? 'The request is too large' : 'The request is not valid';
  return { kind: 'refused', code, answer: problem(status, code, title, detail) };
}

function unavailable(
  reason: UnavailableReason,
  answer: ClientAnswer = cannotVerify(),
  cause?: unknown,
): Decision {
  return { kind: 'unavailable', reason, answer, cause };
}

function cannotVerify(): ClientAnswer {
  const answer = problem(
    503,
    'cannot_verify',
    'The API key cannot be verified now',
    'Nothing is known against the key; repeat the request.',
  );
  answer.headers.push(['Retry-After', '5']);
  return answer;
}

function problem(status: number, code: string, title: string, detail: string): ClientAnswer {
  return {
    status,
    headers: [
      ['Content-Type', 'application/problem+json'],
      ['Cache-Control', 'no-store'],
    ],
    body: JSON.stringify({ type: 'about:blank', title, status, detail, code }),
  };
}
