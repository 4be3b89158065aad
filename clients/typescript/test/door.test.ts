import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import { Door, type Decision } from '../src/door.js';
import { allow, Fake, refuse } from './fake.js';

describe('the door', () => {
  let fake: Fake;
  let door: Door;

  before(async () => {
    fake = await Fake.start();
  });
  beforeEach(() => {
    fake.seen.length = 0;
    door = new Door({ url: fake.url, product: 'memo', limits: { timeoutMs: 300, restMs: 200 } });
  });
  after(() => fake.stop());

  const ask = (headers: [string, string][] = []): Promise<Decision> =>
    door.check({ method: 'GET', target: '/v1/x?page=2', headers, address: '192.0.2.7' });

  it('lets pass what Keyway lets pass, and tells whose key it was', async () => {
    fake.handler = (_, response) => allow(response);
    const decision = await ask([
      ['Authorization', 'Bearer k'],
      ['Cookie', 'a=b'],
    ]);
    assert.equal(decision.kind, 'allowed');
    assert.equal(decision.identity.keyId, 'key_a1B2c3D4e5F6');
    assert.deepEqual(decision.headers.map(([name]) => name).sort(), [
      'keyway-request-id',
      'ratelimit',
    ]);
    const [seen] = fake.seen;
    assert.equal(seen?.url, '/authz/memo');
    const raw = seen?.rawHeaders.map((text) => text.toLowerCase()) ?? [];
    assert.equal(raw[raw.indexOf('x-forwarded-uri') + 1], '/v1/x?page=2');
    assert.equal(raw[raw.indexOf('x-forwarded-for') + 1], '192.0.2.7');
    assert.ok(!raw.includes('cookie'));
  });

  it('gives a refusal on as it is', async () => {
    fake.handler = (_, response) => refuse(response, 401, 'invalid_key');
    const decision = await ask();
    assert.equal(decision.kind, 'refused');
    assert.equal(decision.code, 'invalid_key');
    assert.equal(decision.answer.status, 401);
    assert.ok(decision.answer.headers.some(([name]) => name === 'www-authenticate'));
  });

  it('sends both of two credentials, so that Keyway refuses them', async () => {
    fake.handler = (_, response) => refuse(response, 400, 'invalid_request');
    await ask([
      ['Authorization', 'Bearer a'],
      ['authorization', 'Bearer b'],
    ]);
    assert.ok(fake.seen[0]?.rawHeaders.includes('Bearer a, Bearer b'));
  });

  const foreign: [string, (response: import('node:http').ServerResponse) => void][] = [
    ['a page of a proxy', (response) => response.end('<html>welcome</html>')],
    ['a redirect', (response) => response.writeHead(302, { Location: '/login' }).end()],
    ['a bare 401', (response) => response.writeHead(401).end()],
    ['a bare 404', (response) => response.writeHead(404).end()],
    [
      'a 200 without a key',
      (response) =>
        response.writeHead(200, { 'Keyway-Status': '200', 'Keyway-Code': 'valid' }).end(),
    ],
    [
      'a preflight that nobody asked for',
      (response) =>
        response.writeHead(200, { 'Keyway-Status': '200', 'Keyway-Code': 'preflight' }).end(),
    ],
    ['a 200 that says 401', (response) => response.writeHead(200, { 'Keyway-Status': '401' }).end()],
  ];
  for (const [what, handler] of foreign) {
    it(`takes ${what} neither for a yes nor for a wrong key`, async () => {
      fake.handler = (_, response) => handler(response);
      const decision = await ask();
      assert.equal(decision.kind, 'unavailable');
      assert.equal(decision.answer.status, 503);
      assert.equal(JSON.parse(decision.answer.body).code, 'cannot_verify');
    });
  }

  it('says cannot_verify when Keyway cannot decide, is slow or away, and rests after five', async () => {
    fake.handler = (_, response) => refuse(response, 503, 'cannot_verify');
    assert.equal((await ask()).kind, 'unavailable');
    fake.handler = () => {};
    for (let i = 0; i < 5; i++) {
      const decision = await ask();
      assert.equal(decision.kind === 'unavailable' && decision.reason, 'timeout');
    }
    const asked = fake.seen.length;
    const resting = await ask();
    assert.equal(resting.kind === 'unavailable' && resting.reason, 'circuit_open');
    assert.equal(fake.seen.length, asked);
    fake.handler = (_, response) => allow(response);
    await new Promise((over) => setTimeout(over, 250));
    assert.equal((await ask()).kind, 'allowed');
    assert.equal((await ask()).kind, 'allowed');
  });

  it('does not ask about what is no request', async () => {
    const decision = await door.check({ method: 'GET', target: 'no path', headers: [] });
    assert.equal(decision.kind === 'refused' && decision.code, 'invalid_request');
    const long = await door.check({ method: 'GET', target: `/${'x'.repeat(9000)}`, headers: [] });
    assert.equal(long.kind === 'refused' && long.code, 'too_large');
    assert.equal(fake.seen.length, 0);
  });

  it('refuses addresses and products that cannot be', () => {
    assert.throws(() => new Door({ url: 'http://u:p@h', product: 'memo' }), TypeError);
    assert.throws(() => new Door({ url: 'http://h', product: '../v1' }), TypeError);
  });
});
