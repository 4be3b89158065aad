import { expect, test } from './fixtures.ts';

test('the page is sent with a strict policy: no inline script, no inline style, Trusted Types, no framing', async ({
  page,
}) => {
  const answer = await page.goto('/sign-in');
  const headers = answer?.headers() ?? {};
  const policy = new Map(
    (headers['content-security-policy'] ?? '').split(';').map((directive) => {
      const [name = '', ...values] = directive.trim().split(/\s+/);
      return [name, values.join(' ')] as const;
    }),
  );
  expect(policy.get('default-src')).toBe("'none'");
  expect(policy.get('script-src')).toBe("'self'");
  expect(policy.get('style-src')).toBe("'self'");
  expect(policy.get('connect-src')).toBe("'self'");
  expect(policy.get('require-trusted-types-for')).toBe("'script'");
  expect(policy.get('trusted-types')).toBe("'none'");
  expect(policy.get('frame-ancestors')).toBe("'none'");
  expect(policy.get('base-uri')).toBe("'none'");
  expect(headers['referrer-policy']).toBe('no-referrer');
  expect(headers['x-content-type-options']).toBe('nosniff');
  await expect(page.getByRole('button', { name: 'Sign in' })).toBeVisible();
});

test('the policy is in force: inline script, text as HTML and foreign addresses are refused', async ({
  page,
  guard,
}) => {
  await page.goto('/sign-in');
  const outcome = await page.evaluate(async () => {
    const script = document.createElement('script');
    let thrown = '';
    try {
      script.text = 'window.intruder = true';
      document.head.append(script);
    } catch (error) {
      thrown = (error as Error).name;
    }
    let markup = '';
    try {
      document.createElement('div').innerHTML = '<b>text</b>';
    } catch (error) {
      markup = (error as Error).name;
    }
    const fetched = await fetch('http://127.0.0.1:9/').then(
      () => 'allowed',
      () => 'refused',
    );
    return { thrown, markup, fetched, intruder: 'intruder' in window };
  });
  expect(outcome).toEqual({
    thrown: 'TypeError',
    markup: 'TypeError',
    fetched: 'refused',
    intruder: false,
  });
  guard.expectFaults(/policy|Trusted/i);
});

test('the page answers for no path of the API or of the doors, whatever a browser asks for', async ({
  page,
  request,
}) => {
  for (const path of [
    '/v1',
    '/v1/nothing',
    '/v2/keys',
    '/authz',
    '/authz/memo',
    '/.well-known/nothing',
    '/.well-known/oauth-protected-resource',
    '/mcp',
    '/mcp/v1',
    '/V1/keys',
    '/assets/nothing.js',
  ]) {
    const answer = await request.get(path, { headers: { Accept: 'text/html' } });
    expect(answer.status(), path).toBeGreaterThanOrEqual(400);
    expect(await answer.text(), path).not.toContain('id="root"');
  }
  const answer = await page.goto('/keys/some-key');
  expect(answer?.status()).toBe(200);
});

test('a page that does not exist, and a key of somebody else, are told apart from an error', async ({
  page,
  operator,
  enter,
}) => {
  const other = await operator.person('meko');
  const { key } = await operator.key(other, { name: 'not yours' });
  const person = await operator.person('meko');
  await enter(person, '/no/such/page');
  await expect(page.getByRole('heading', { name: 'There is no such page' })).toBeVisible();
  await page.goto(`/keys/${key.id}`);
  await expect(page.getByText('There is nothing here for you')).toBeVisible();
});
