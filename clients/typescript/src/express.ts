import type { IncomingMessage, ServerResponse } from 'node:http';
import { Door, type ClientAnswer, type DoorOptions, type Identity } from './door.js';
import { isHidden, withoutKeys } from './passed.js';

/** A request that has passed. */
export interface GuardedRequest extends IncomingMessage {
  keyway?: Identity;
  originalUrl?: string;
}

export interface GuardOptions extends DoorOptions {
  /** Whether the application sees the key; without this it does not. */
  keepCredentials?: boolean;
}

type Next = (error?: unknown) => void;

/**
 * Middleware for Express, Connect and whatever else takes `(request, response, next)`. Use it
 * before everything that reads or changes a request:
 *
 *     app.use(keyway({ url: 'http://127.0.0.1:7700', product: 'memo' }))
 */
export function keyway(options: GuardOptions) {
  const door = new Door(options);
  return (request: GuardedRequest, response: ServerResponse, next: Next): void => {
    guard(door, options.keepCredentials ?? false, request, response).then(
      (isAllowed) => isAllowed && next(),
      next,
    );
  };
}

async function guard(
  door: Door,
  keepsCredentials: boolean,
  request: GuardedRequest,
  response: ServerResponse,
): Promise<boolean> {
  const address = request.socket.remoteAddress;
  const decision = await door.check({
    method: request.method ?? '',
    target: request.originalUrl ?? request.url ?? '',
    headers: lines(request),
    ...(address === undefined ? {} : { address }),
  });
  if (decision.kind !== 'allowed') {
    send(decision.answer, response);
    return false;
  }
  for (const [name, value] of decision.headers) {
    response.appendHeader(name, value);
  }
  hide(request, keepsCredentials);
  request.keyway = decision.identity;
  return true;
}

/** As they came: Node itself would keep the first of two credentials and say nothing. */
function* lines(request: IncomingMessage): Generator<[string, string]> {
  for (let i = 0; i + 1 < request.rawHeaders.length; i += 2) {
    yield [request.rawHeaders[i] as string, request.rawHeaders[i + 1] as string];
  }
}

function hide(request: GuardedRequest, keepsCredentials: boolean): void {
  const isKept = (name: string) =>
    !isHidden(name) || (keepsCredentials && !name.toLowerCase().startsWith('keyway'));
  for (const name of Object.keys(request.headers)) {
    if (!isKept(name)) {
      delete request.headers[name];
    }
  }
  const raw: string[] = [];
  for (const [name, value] of lines(request)) {
    if (isKept(name)) {
      raw.push(name, value);
    }
  }
  request.rawHeaders = raw;
  if (!keepsCredentials) {
    request.url = withoutKeys(request.url ?? '');
    if (request.originalUrl !== undefined) {
      request.originalUrl = withoutKeys(request.originalUrl);
    }
  }
}

function send(answer: ClientAnswer, response: ServerResponse): void {
  response.statusCode = answer.status;
  for (const [name, value] of answer.headers) {
    response.appendHeader(name, value);
  }
  response.end(answer.body);
}
