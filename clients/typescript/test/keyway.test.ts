import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import { inspect } from 'node:util';
import { Keyway } from '../src/keyway.js';
import { KeywayProblem, KeywayUnavailable } from '../src/problem.js';
import { Fake } from './fake.js';

describe('the management API', () => {
  let fake: Fake;
  let keyway: Keyway;

  before(async () => {
    fake = await Fake.start();
  });
  beforeEach(() => {
    fake.seen.length = 0;
    keyway = new Keyway({ url: fake.url, key: 'kwo_secret', limits: { timeoutMs: 300 } });
  });
  after(() => fake.stop());

  const answer = (status: number, body: unknown, headers = {}) => {
    fake.handler = (_, response) => {
      response.writeHead(status, { 'Content-Type': 'application/json', ...headers });
      response.end(typeof body === 'string' ? body : JSON.stringify(body));
    };
  };

  it('tells a valid key, a wrong one and an outage apart', async () => {
    answer(200, { valid: true, code: 'valid', key: { id: 'key_1', product: 'memo' } });
    const valid = await keyway.verify('k', { product: 'memo', count: false });
    assert.deepEqual(valid, { kind: 'valid', keyId: 'key_1', product: 'memo' });
    assert.deepEqual(JSON.parse(fake.seen[0]?.body ?? ''), {
      key: 'k',
      product: 'memo',
      count: false,
    });
    answer(200, { valid: false, code: 'revoked' });
    assert.deepEqual(await keyway.verify('k'), { kind: 'invalid', code: 'revoked' });
    for (const [status, body] of [
      [503, { code: 'cannot_verify' }],
      [401, { code: 'unauthenticated' }],
      [200, '<html>'],
      [200, { valid: 'yes' }],
      [200, { valid: true, code: 'valid' }],
    ] as const) {
      answer(status, body);
      assert.equal((await keyway.verify('k')).kind, 'unavailable', JSON.stringify(body));
    }
    fake.handler = () => {};
    assert.equal((await keyway.verify('k')).kind, 'unavailable');
  });

  it('makes a key once, whatever is repeated', async () => {
    answer(201, { key: { id: 'key_1' }, secret: 's' });
    const created = await keyway.createKey({ product: 'memo' }, 'once');
    assert.equal(created.secret, 's');
    const raw = fake.seen[0]?.rawHeaders ?? [];
    assert.equal(raw[raw.findIndex((name) => name.toLowerCase() === 'idempotency-key') + 1], '"once"');
  });

  it('lists page after page', async () => {
    fake.handler = (request, response) => {
      const isFirst = !request.url?.includes('cursor=');
      response.end(
        JSON.stringify({ data: [{ id: isFirst ? 'key_1' : 'key_2' }], next_cursor: isFirst ? 'c d' : null }),
      );
    };
    const ids: string[] = [];
    for await (const key of keyway.listKeys({ product: 'memo', limit: 1 })) {
      ids.push(key.id);
    }
    assert.deepEqual(ids, ['key_1', 'key_2']);
    assert.equal(fake.seen[1]?.url, '/v1/keys?product=memo&limit=1&cursor=c+d');
  });

  it('throws a problem with its code, and something else for no answer of Keyway', async () => {
    answer(429, { code: 'rate_limited', title: 'T', detail: 'D', status: 429 }, { 'Retry-After': '7' });
    await assert.rejects(
      keyway.getKey('key_1'),
      (error) =>
        error instanceof KeywayProblem &&
        error.code === 'rate_limited' &&
        error.retryAfterSeconds === 7,
    );
    answer(502, '<html>');
    await assert.rejects(keyway.revokeKey('../../x'), KeywayUnavailable);
    assert.equal(fake.seen[1]?.url, '/v1/keys/..%2F..%2Fx/revoke');
  });

  it('shows its key nowhere', () => {
    assert.ok(!inspect(keyway, { depth: 9 }).includes('kwo_secret'));
    assert.ok(!JSON.stringify({ keyway }).includes('kwo_secret'));
  });
});
