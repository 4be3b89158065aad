import { expect, test } from './fixtures.ts';
import { ageKey } from './support/store.ts';

test('MEKO-9 ALL-2 a banner names what expires within 30 days, and filters show what expires soon and what nobody uses', async ({
  page,
  keys,
  server,
  operator,
  enter,
}) => {
  const person = await operator.person('mecha');
  await operator.key(person, { name: 'soon-over', expires_in: '7d' });
  await operator.key(person, { name: 'long-lived', expires_in: '365d' });
  const idle = await operator.key(person, { name: 'forgotten', expires_in: 'never' });
  await ageKey(server, idle.key.id, 100);
  await enter(person);
  const banner = page.getByRole('alert').filter({ hasText: 'will expire within 30 days' });
  await expect(banner).toContainText('1 key will expire');
  await expect(banner.getByRole('link', { name: 'soon-over' })).toBeVisible();
  await expect(banner).not.toContainText('long-lived');
  await expect(page.getByRole('row')).toHaveCount(4);

  await page.getByLabel('Attention').selectOption({ label: 'Expires in 30 days' });
  await expect(page).toHaveURL(/expiring=30d/);
  await expect(page.getByRole('row')).toHaveCount(2);
  await expect(keys.row('soon-over')).toBeVisible();
  await page.getByLabel('Attention').selectOption({ label: 'Unused for 90 days' });
  await expect(page).toHaveURL(/idle=90d/);
  await expect(page).not.toHaveURL(/expiring/);
  await expect(keys.row('forgotten')).toBeVisible();
  await expect(page.getByRole('row')).toHaveCount(2);
  await page.reload();
  await expect(page.getByLabel('Attention')).toHaveValue(' 90d');
  await expect(page.getByRole('row')).toHaveCount(2);
  await keys.button('Clear filters').click();
  await expect(page.getByRole('row')).toHaveCount(4);
});

test('filters, sort and search stand in the address, and going back brings the list back', async ({
  page,
  keys,
  operator,
  enter,
}) => {
  const person = await operator.person('mecha');
  for (const name of ['bravo', 'alpha', 'charlie']) {
    await operator.key(person, { name, description: `of ${name}` });
  }
  await enter(person, '/keys');
  const names = page.getByRole('main').locator('tbody').getByRole('link');
  await expect(names).toHaveText(['charlie', 'alpha', 'bravo']);
  await keys.button('Name').click();
  await expect(page).toHaveURL(/sort=-name/);
  await expect(names).toHaveText(['charlie', 'bravo', 'alpha']);
  await keys.button('Name').click();
  await expect(page).toHaveURL(/sort=name/);
  await expect(page.getByRole('columnheader', { name: /Name/ })).toHaveAttribute(
    'aria-sort',
    'ascending',
  );
  await expect(names).toHaveText(['alpha', 'bravo', 'charlie']);
  await page.getByLabel('Search').fill('bravo');
  await expect(names).toHaveText(['bravo']);
  await expect(page).toHaveURL(/q=bravo/);
  await page.getByLabel('Search').fill('nothing like this');
  await expect(page.getByText('No key matches')).toBeVisible();
  await page.getByLabel('Search').fill('bravo');
  await expect(names).toHaveText(['bravo']);

  await page.getByRole('navigation').getByRole('link', { name: 'Account' }).click();
  await expect(keys.heading('Account')).toBeVisible();
  await page.goBack();
  await expect(page).toHaveURL(/q=bravo/);
  await expect(page.getByLabel('Search')).toHaveValue('bravo');
  await expect(names).toHaveText(['bravo']);
});

test('ALL-1 a whole key pasted into the search never leaves the page', async ({
  page,
  operator,
  guard,
  enter,
}) => {
  const person = await operator.person('meko');
  const { key, secret } = await operator.key(person, { name: 'pasted' });
  guard.secrets.add(secret);
  await enter(person, '/keys');
  await page.getByLabel('Search').fill(secret);
  await expect(page.getByRole('search')).toContainText('You pasted a whole key');
  await expect(page.getByLabel('Search')).toHaveValue(key.id);
  await expect(page).toHaveURL(new RegExp(`q=${key.id}`));
  await expect(page.getByRole('row')).toHaveCount(2);
  await page.getByLabel('Search').fill(secret.slice(-48));
  await expect(page.getByRole('search')).toContainText('That looks like a secret');
  await expect(page.getByLabel('Search')).toHaveValue('');
});

test('a long list comes page by page', async ({ page, keys, operator, enter }) => {
  const workspace = await operator.workspace();
  const names = Array.from({ length: 60 }, (_, n) => `agent-${String(n).padStart(2, '0')}`);
  await Promise.all(
    names.map((name) => operator.key(workspace.owner, { workspace: workspace.id, name })),
  );
  await enter(workspace.owner, '/keys?sort=name');
  await expect(page.getByRole('row')).toHaveCount(51);
  await expect(keys.row('agent-59')).toHaveCount(0);
  await keys.button('Show more').click();
  await expect(page.getByRole('row')).toHaveCount(61);
  await expect(keys.row('agent-59')).toBeVisible();
  await expect(keys.button('Show more')).toHaveCount(0);
});

test('an account without keys is told what a key is for; a person without rights who to ask (by a made answer); an outage says so and recovers (by a made answer)', async ({
  page,
  keys,
  operator,
  enter,
}) => {
  const person = await operator.person('meko');
  await enter(person, '/keys');
  await expect(page.getByText('No keys yet')).toBeVisible();
  await expect(page.getByText('One key for each machine and client')).toBeVisible();
  const answer = (status: number, code: string) =>
    page.route(/\/v1\/keys\?/, (route) =>
      route.fulfill({
        status,
        contentType: 'application/problem+json',
        body: JSON.stringify({ status, code, detail: `Made: ${code}.`, request_id: 'req_1' }),
      }),
    );
  await answer(403, 'forbidden');
  await page.reload();
  await expect(page.getByText('You may not see these keys')).toBeVisible();
  await page.unrouteAll();
  await answer(500, 'internal');
  await page.reload();
  await expect(page.getByRole('alert')).toContainText('Made: internal.');
  await expect(page.getByRole('alert')).toContainText('req_1');
  await page.unrouteAll();
  await keys.button('Try again').click();
  await expect(page.getByText('No keys yet')).toBeVisible();
});

test('LAKE-6 MEMO-10 a key that has ended says how: expired, revoked, or deactivated with its member', async ({
  keys,
  operator,
  enter,
}) => {
  const workspace = await operator.workspace();
  const member = await operator.member(workspace);
  const scope = { workspace: workspace.id };
  const end = new Date(Date.now() + 1500).toISOString();
  const over = await operator.key(workspace.owner, { ...scope, name: 'over', expires_at: end });
  const gone = await operator.key(workspace.owner, { ...scope, name: 'gone' });
  await operator.key(member, { ...scope, name: 'left' });
  await operator.call('POST', `/v1/keys/${gone.key.id}/revoke`, {});
  await operator.call('DELETE', `/v1/workspaces/${workspace.id}/members/${member.id}`);
  await expect
    .poll(
      async () =>
        (await operator.call<{ status: string }>('GET', `/v1/keys/${over.key.id}`)).status,
    )
    .toBe('expired');
  await enter(workspace.owner, '/keys?status=all&view=all');
  await expect(keys.row('over')).toContainText('Expired');
  await expect(keys.row('gone')).toContainText('Revoked');
  await expect(keys.row('left')).toContainText('Deactivated');
  await expect(keys.row('left')).toContainText('by a former member');
});
