import { ApiError, problemOf, unreachable } from './problem.ts';
import type { paths } from './schema.d.ts';

const FORBIDDEN = 403;

type Method = 'get' | 'post' | 'put' | 'patch' | 'delete';
type Path<M extends Method> = {
  [P in keyof paths]: paths[P][M] extends object ? P : never;
}[keyof paths];
type Operation<M extends Method, P extends Path<M>> =
  paths[P] extends Record<M, infer O> ? O : never;

type Part<O, K extends string> = O extends { parameters: { [X in K]?: infer V } } ? V : undefined;
type Body<O> = O extends { requestBody?: { content: { 'application/json': infer B } } }
  ? B
  : undefined;
type Success<O> = O extends { responses: infer R } ? Json<R[Extract<keyof R, 200 | 201>]> : never;
type Json<R> = R extends { content: { 'application/json': infer T } } ? T : never;

interface Input<O> {
  path?: Part<O, 'path'>;
  query?: Part<O, 'query'>;
  body?: Body<O>;
  /** Makes a call that is repeated answer as the first one did. */
  idempotencyKey?: string;
  signal?: AbortSignal;
}

/** The session's token for calls that change something; in memory only. */
let csrfToken: string | null = null;

/** Whose session it is. */
let account: string | null = null;

export function rememberCsrfToken(token: string | null, of: string | null = account): void {
  csrfToken = token;
  account = token === null ? null : of;
}

/**
 * Calls an operation of the OpenAPI document.
 *
 * @throws ApiError for every answer that is no success, and when there is none
 */
export async function call<M extends Method, P extends Path<M>>(
  method: M,
  path: P,
  input: Input<Operation<M, P>> = {},
): Promise<Success<Operation<M, P>>> {
  const url = address(path as string, input);
  let response = await send(method, url, input);
  if (response.status === FORBIDDEN && method !== 'get') {
    const problem = await problemOf(response);
    if (problem.code !== 'csrf_failed' || !(await hasNewToken())) {
      throw problem;
    }
    response = await send(method, url, input);
  }
  if (!response.ok) {
    throw await problemOf(response);
  }
  return (await response.json()) as Success<Operation<M, P>>;
}

/**
 * Reads the session's token anew: another tab may have given the password again, or signed in as
 * somebody else. Then this page is about the wrong person, and begins anew.
 */
async function hasNewToken(): Promise<boolean> {
  const response = await send('get', '/v1/me', {});
  if (!response.ok) {
    return false;
  }
  const me = (await response.json()) as { csrf_token?: string; account?: { id: string } };
  if (account !== null && me.account?.id !== account) {
    window.location.reload();
    return false;
  }
  const isNew = me.csrf_token !== undefined && me.csrf_token !== csrfToken;
  csrfToken = me.csrf_token ?? null;
  return isNew;
}

async function send(method: Method, url: string, input: Input<unknown>): Promise<Response> {
  const headers = new Headers({ Accept: 'application/json' });
  if (input.body !== undefined) {
    headers.set('Content-Type', 'application/json');
  }
  if (method !== 'get' && csrfToken !== null) {
    headers.set('X-CSRF-Token', csrfToken);
  }
  if (input.idempotencyKey !== undefined) {
    headers.set('Idempotency-Key', input.idempotencyKey);
  }
  try {
    return await fetch(url, {
      method: method.toUpperCase(),
      headers,
      body: input.body === undefined ? undefined : JSON.stringify(input.body),
      cache: 'no-store',
      redirect: 'error',
      signal: input.signal,
    });
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') {
      throw error;
    }
    throw unreachable();
  }
}

function address(template: string, input: Input<unknown>): string {
  const values = (input.path ?? {}) as Record<string, string>;
  const path = template.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = values[name];
    if (value === undefined) {
      throw new ApiError(0, 'internal', `The path needs '${name}'.`);
    }
    return encodeURIComponent(value);
  });
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries((input.query ?? {}) as Record<string, unknown>)) {
    if (value !== undefined && value !== null && value !== '') {
      query.set(name, Array.isArray(value) ? value.join(',') : String(value));
    }
  }
  const search = query.toString();
  return search === '' ? path : `${path}?${search}`;
}
