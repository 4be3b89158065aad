import { Door, type ClientAnswer, type DoorOptions, type Identity } from './door.js';
import { isHidden, withoutKeys } from './passed.js';

export type GuardedHandler = (request: Request, identity: Identity) => Response | Promise<Response>;

export interface FetchGuardOptions extends DoorOptions {
  /** The client's address, where the platform tells it; without it all clients are one to Keyway. */
  address?: (request: Request) => string | undefined;
  /** Whether the handler sees the key; without this it does not. */
  keepCredentials?: boolean;
}

/**
 * A handler of the Fetch form (Hono, Bun, Deno, workers on Node) that asks Keyway before the one
 * behind it:
 *
 *     export default { fetch: guarded({ url, product: 'memo' }, (request, identity) => …) }
 */
export function guarded(options: FetchGuardOptions, handler: GuardedHandler) {
  const door = new Door(options);
  return async (request: Request): Promise<Response> => {
    const url = new URL(request.url);
    const address = options.address?.(request);
    const decision = await door.check({
      method: request.method,
      target: url.pathname + url.search,
      headers: request.headers,
      ...(address === undefined ? {} : { address }),
    });
    if (decision.kind !== 'allowed') {
      return toResponse(decision.answer);
    }
    const answer = await handler(
      options.keepCredentials ? request : withoutCredentials(request, url),
      decision.identity,
    );
    const headers = new Headers(answer.headers);
    for (const [name, value] of decision.headers) {
      headers.append(name, value);
    }
    return new Response(answer.body, {
      status: answer.status,
      statusText: answer.statusText,
      headers,
    });
  };
}

function withoutCredentials(request: Request, url: URL): Request {
  const headers = new Headers(request.headers);
  for (const name of [...headers.keys()]) {
    if (isHidden(name)) {
      headers.delete(name);
    }
  }
  const target = withoutKeys(url.pathname + url.search);
  return new Request(new Request(new URL(target, url.origin), request), { headers });
}

function toResponse(answer: ClientAnswer): Response {
  const isEmpty = answer.body === '';
  return new Response(isEmpty ? null : answer.body, {
    status: answer.status,
    headers: answer.headers,
  });
}
