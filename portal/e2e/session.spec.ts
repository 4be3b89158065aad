import { expect, test } from './fixtures.ts';
import { ageSessions, endSessions } from './support/store.ts';

test('a person signs in by the form, goes where they wanted to go, and signs out', async ({
  page,
  keys,
  operator,
}) => {
  const person = await operator.person('meko');
  await page.goto('/keys?status=active');
  await expect(page).toHaveURL(/\/sign-in\?next=/);
  await page.goto(`${page.url()}&product=meko`);
  await expect(page.getByRole('heading', { name: 'Sign in to Meko' })).toBeVisible();
  await page.getByLabel('E-mail').fill(person.email);
  await page.getByLabel(/^Password/).fill(person.password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(keys.heading('API Keys')).toBeVisible();
  await expect(page).toHaveURL(/\/keys\?status=active$/);

  await page.getByRole('button', { name: /^Account of/ }).click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
  await expect(page).toHaveURL(/\/sign-in/);
  await page.goBack();
  await expect(page.getByRole('button', { name: 'Sign in' })).toBeVisible();
});

test('the sign-in goes on to no other site', async ({ page, keys, server, operator }) => {
  const person = await operator.person('meko');
  for (const next of ['//evil.example/', '/\\evil.example', 'https://evil.example/']) {
    await page.context().clearCookies();
    await page.goto(`/sign-in?product=meko&next=${encodeURIComponent(next)}`);
    await page.getByLabel('E-mail').fill(person.email);
    await page.getByLabel(/^Password/).fill(person.password);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await expect(keys.heading('API Keys')).toBeVisible();
    expect(new URL(page.url()).origin).toBe(server.control);
  }
});

test('a wrong password and an unknown e-mail are answered in the same words, and too many tries have to wait', async ({
  page,
  operator,
  server,
}) => {
  const person = await operator.person('meko');
  await page.goto('/sign-in');
  const attempt = async (email: string) => {
    await page.getByLabel('E-mail').fill(email);
    await page.getByLabel(/^Password/).fill('not the password');
    await page.getByRole('button', { name: 'Sign in' }).click();
    await expect(page.getByRole('button', { name: 'Sign in' })).toBeEnabled();
  };
  await attempt(person.email);
  await expect(page.getByRole('alert')).toContainText('E-mail and password do not match');
  await attempt('nobody@portal.example');
  await expect(page.getByRole('alert')).toContainText('E-mail and password do not match');
  const statuses = new Set<number>();
  for (let tries = 0; tries < 12; tries++) {
    const response = await fetch(`${server.control}/v1/sessions`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ email: person.email, password: 'not the password' }),
    });
    statuses.add(response.status);
  }
  expect(statuses).toContain(429);
  await attempt(person.email);
  await expect(page.getByRole('alert')).toContainText(/Too many tries\. Wait/);
});

test('an invitation leaves the address at once, sets the first password and signs in; a second use is refused', async ({
  page,
  keys,
  operator,
  guard,
}) => {
  const { url, invitation } = await operator.invited('mecha', 'Noor Newcomer');
  await page.goto(url);
  await expect(page.getByRole('heading', { name: 'Welcome' })).toBeVisible();
  await expect(page).toHaveURL(/\/invitation$/);
  expect(await page.evaluate(() => JSON.stringify(history.state))).not.toContain(invitation);
  await page.getByLabel('New password').fill('short');
  await page.getByLabel('The same again').fill('other');
  await page.getByRole('button', { name: /Set the password/ }).click();
  await expect(page.getByText('A password has at least 12 characters')).toBeVisible();
  await expect(page.getByText('The two passwords differ')).toBeVisible();
  await page.getByLabel('New password').fill('seven calm rivers');
  await page.getByLabel('The same again').fill('seven calm rivers');
  await page.getByRole('button', { name: /Set the password/ }).click();
  await expect(keys.heading('API Keys')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Account of Noor Newcomer' })).toBeVisible();
  expect(guard.requests.filter(({ url: sent }) => sent.includes(invitation))).toEqual([]);

  await page.context().clearCookies();
  await page.goto('about:blank');
  await page.goto(url);
  await page.getByLabel('New password').fill('seven calm rivers');
  await page.getByLabel('The same again').fill('seven calm rivers');
  await page.getByRole('button', { name: /Set the password/ }).click();
  await expect(page.getByRole('alert')).toContainText('This invitation was used already');
});

test('a session that the server has ended leads to the sign-in and back to the same page', async ({
  page,
  keys,
  server,
  operator,
  enter,
}) => {
  const person = await operator.person('mecha');
  await enter(person, '/keys');
  await expect(keys.heading('API Keys')).toBeVisible();
  await endSessions(server, person.id);
  await keys.button('Generate Key').first().click();
  await expect(page).toHaveURL(/\/sign-in\?next=%2Fkeys/);
  await page.getByLabel('E-mail').fill(person.email);
  await page.getByLabel(/^Password/).fill(person.password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(keys.heading('API Keys')).toBeVisible();
  await expect(page).toHaveURL(/\/keys/);
});

test('an old session gives the password again before it makes a key, and goes on with what was typed', async ({
  keys,
  page,
  server,
  guard,
  operator,
  enter,
}) => {
  const person = await operator.person('meko');
  await enter(person, '/keys');
  await expect(keys.heading('API Keys')).toBeVisible();
  await ageSessions(server, person.id, 2);
  await keys.begin('Generate API key', { name: 'old/session' });
  await keys.inDialog('Generate').click();
  await expect(page.getByRole('dialog', { name: 'Is it you?' })).toBeVisible();
  await keys.dialog.getByLabel(/^Password/).fill('not the password');
  await keys.inDialog('Go on').click();
  await expect(keys.dialog).toContainText('That is not the password');
  await keys.dialog.getByLabel(/^Password/).fill(person.password);
  await keys.inDialog('Go on').click();
  await expect(keys.dialog.getByText('Save it now')).toBeVisible();
  expect(await guard.lastSecret()).toMatch(/^mko_tkn_/);
  await keys.inDialog('I have saved it').click();
  await expect(keys.row('old/session')).toBeVisible();
  await expect(keys.page.getByRole('row')).toHaveCount(2);
});

test('the cookie of a session is out of reach of scripts and another one at each sign-in', async ({
  page,
  context,
  keys,
  operator,
}) => {
  const person = await operator.person('meko');
  const values = new Set<string>();
  for (let times = 0; times < 2; times++) {
    await page.goto('/sign-in?product=meko');
    await page.getByLabel('E-mail').fill(person.email);
    await page.getByLabel(/^Password/).fill(person.password);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await expect(keys.heading('API Keys')).toBeVisible();
    expect(await page.evaluate(() => document.cookie)).toBe('');
    const [cookie, ...others] = await context.cookies();
    expect(cookie).toMatchObject({ httpOnly: true, sameSite: 'Lax' });
    expect(others).toEqual([]);
    values.add(cookie?.value ?? '');
  }
  expect(values.size).toBe(2);
});
