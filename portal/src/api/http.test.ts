import { expect, test, vi } from 'vitest';
import { call, rememberCsrfToken } from '@/api/http.ts';
import { ApiError, UNREACHABLE } from '@/api/problem.ts';
import { problem, serve } from '@/test/server.ts';

test('a change carries the session’s token, a look does not', async () => {
  const sent = serve({
    'GET /v1/keys': () => ({ data: [], next_cursor: null }),
    'POST /v1/keys/key_a/revoke': () => ({ key: {}, revocation: {} }),
  });
  rememberCsrfToken('token');
  await call('get', '/v1/keys');
  await call('post', '/v1/keys/{key}/revoke', { path: { key: 'key_a' }, body: {} });
  expect(sent.map((one) => one.headers.get('X-CSRF-Token'))).toEqual([null, 'token']);
});

test('what stands in a path cannot leave it', async () => {
  const sent = serve({ 'GET /v1/keys/..%2Faccounts%3Fx': () => ({}) });
  await call('get', '/v1/keys/{key}', { path: { key: '../accounts?x' } });
  expect(sent).toHaveLength(1);
});

test('lists are joined and what is not said is left out', async () => {
  const sent = serve({ 'GET /v1/keys': () => ({ data: [], next_cursor: null }) });
  await call('get', '/v1/keys', { query: { status: ['active', 'expired'], q: undefined } });
  expect(sent[0]?.query.toString()).toBe('status=active%2Cexpired');
});

test('a problem is thrown with its code, its words and its request', async () => {
  serve({ 'GET /v1/me': () => problem(403, 'forbidden', 'Not yours.') });
  const error = await call('get', '/v1/me').catch((e: unknown) => e);
  expect(error).toBeInstanceOf(ApiError);
  expect(error).toMatchObject({ status: 403, code: 'forbidden', requestId: 'req_test' });
});

test('a page of a proxy’s in between is an error too', async () => {
  vi.stubGlobal('fetch', async () => new Response('<h1>Bad gateway</h1>', { status: 502 }));
  await expect(call('get', '/v1/me')).rejects.toMatchObject({ status: 502, code: 'internal' });
});

test('no answer at all is said to be that', async () => {
  vi.stubGlobal('fetch', async () => {
    throw new TypeError('Failed to fetch');
  });
  await expect(call('get', '/v1/me')).rejects.toMatchObject({ code: UNREACHABLE });
});

test('another tab’s new token is read, and the call made once more', async () => {
  const me = { csrf_token: 'new', account: { id: 'acc_1' } };
  const sent = serve({
    'GET /v1/me': () => me,
    'POST /v1/keys/key_a/revoke': (one) =>
      one.headers.get('X-CSRF-Token') === 'new'
        ? { key: {}, revocation: {} }
        : problem(403, 'csrf_failed', 'Send the token.'),
  });
  rememberCsrfToken('old', 'acc_1');
  await call('post', '/v1/keys/{key}/revoke', { path: { key: 'key_a' }, body: {} });
  expect(sent.map((one) => one.method)).toEqual(['POST', 'GET', 'POST']);
});

test('a token that is refused though it is the newest is asked for once only', async () => {
  const sent = serve({
    'GET /v1/me': () => ({ csrf_token: 'same', account: { id: 'acc_1' } }),
    'POST /v1/keys/key_a/revoke': () => problem(403, 'csrf_failed', 'Send the token.'),
  });
  rememberCsrfToken('same', 'acc_1');
  const answer = call('post', '/v1/keys/{key}/revoke', { path: { key: 'key_a' }, body: {} });
  await expect(answer).rejects.toMatchObject({ code: 'csrf_failed' });
  expect(sent).toHaveLength(2);
});
