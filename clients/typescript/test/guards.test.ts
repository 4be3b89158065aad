import assert from 'node:assert/strict';
import { request as call } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, describe, it } from 'node:test';
import express from 'express';
import { keyway, type GuardedRequest } from '../src/express.js';
import { guarded } from '../src/fetch.js';
import { withoutKeys } from '../src/passed.js';
import { allow, Fake, refuse } from './fake.js';

const KEY = `mk_live_${'a'.repeat(61)}`;

describe('the guards', () => {
  let fake: Fake;
  let base = '';
  let handled = 0;
  let stop: () => void = () => {};

  before(async () => {
    fake = await Fake.start();
    const app = express();
    app.use(keyway({ url: fake.url, product: 'memo' }));
    app.get('/x', (request, response) => {
      handled++;
      const { authorization } = request.headers;
      response.json({
        keyway: (request as GuardedRequest).keyway,
        query: request.query,
        authorization,
        spoofed: request.headers['keyway-account-id'],
        raw: request.rawHeaders,
      });
    });
    const server = app.listen(0, '127.0.0.1');
    await new Promise((listening) => server.once('listening', listening));
    base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    stop = () => {
      server.closeAllConnections();
      server.close();
    };
  });
  after(async () => {
    stop();
    await fake.stop();
  });

  it('Express: what passes is handed on without the key, with whose it was', async () => {
    fake.handler = (_, response) => allow(response);
    const answer = await fetch(`${base}/x?apikey=${KEY}&page=2&other=${KEY}`, {
      headers: { Authorization: `Bearer ${KEY}`, 'Keyway-Account-Id': 'acc_spoofed' },
    });
    assert.equal(answer.status, 200);
    assert.equal(answer.headers.get('ratelimit'), '"data";r=9;t=1');
    const text = await answer.text();
    assert.ok(!text.includes(KEY), text);
    const seen = JSON.parse(text);
    assert.equal(seen.keyway.accountId, 'acc_1');
    assert.equal(seen.spoofed, undefined);
    assert.deepEqual(seen.query, { page: '2' });
  });

  it('Express: what is refused reaches no handler', async () => {
    fake.handler = (_, response) => refuse(response, 401, 'invalid_key');
    const before = handled;
    const answer = await fetch(`${base}/x`);
    assert.equal(answer.status, 401);
    assert.equal(((await answer.json()) as { code: string }).code, 'invalid_key');
    assert.equal(handled, before);
  });

  it('Express: of two credentials Keyway sees both, although Node keeps the first', async () => {
    fake.handler = (_, response) => refuse(response, 400, 'invalid_request');
    fake.seen.length = 0;
    const status = await new Promise((answered) => {
      const request = call(
        `${base}/x`,
        { headers: ['Host', 'a', 'Authorization', 'Bearer a', 'Authorization', 'Bearer b'] as never },
        (response) => answered(response.statusCode),
      );
      request.end();
    });
    assert.equal(status, 400);
    assert.ok(fake.seen[0]?.rawHeaders.includes('Bearer a, Bearer b'));
  });

  it('Fetch: the same', async () => {
    const fetchHandler = guarded({ url: fake.url, product: 'memo' }, (request, identity) =>
      Response.json({ identity, url: request.url, authorization: request.headers.get('authorization') }),
    );
    fake.handler = (_, response) => allow(response);
    const passed = await fetchHandler(
      new Request(`http://app/x?access_token=${KEY}&page=2`, {
        method: 'POST',
        body: 'b',
        headers: { Authorization: `Bearer ${KEY}` },
      }),
    );
    const seen = (await passed.json()) as Record<string, unknown>;
    assert.equal(seen.url, 'http://app/x?page=2');
    assert.equal(seen.authorization, null);
    assert.equal(passed.headers.get('keyway-request-id'), 'req_1');
    fake.handler = (_, response) => refuse(response, 403, 'api_access_denied');
    assert.equal((await fetchHandler(new Request('http://app/x'))).status, 403);
  });

  it('no spelling of a query hides a key', () => {
    assert.equal(withoutKeys('/x'), '/x');
    assert.equal(withoutKeys(`/x?APIKEY=${KEY}`), '/x');
    assert.equal(withoutKeys(`/x?%61pikey=1&b=%zz&c=d+e`), '/x?b=%zz&c=d+e');
    assert.equal(withoutKeys(`/x?q=${encodeURIComponent(`${KEY} `)}&r=1`), '/x?r=1');
  });
});
