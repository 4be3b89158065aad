import { expect, type Page } from '@playwright/test';
import { KeysOnPage } from './keysOnPage.ts';
import type { Operator, Person, ProductName } from './operator.ts';
import type { Server } from './server.ts';
import { ageSessions } from './store.ts';

export interface Visit {
  page: Page;
  operator: Operator;
  server: Server;
  enter: (person: Person, path?: string) => Promise<Page>;
  /** Called where there is something to be looked at. */
  stop: (what: string) => Promise<void>;
}

export interface View {
  name: string;
  visit: (visit: Visit) => Promise<void>;
}

/** Everything there is to see, for tools that look at all of it: accessibility, pictures. */
export const VIEWS: View[] = [
  { name: 'doors', visit: doors },
  { name: 'meko keys', visit: (visit) => accountKeys(visit, 'meko') },
  { name: 'mecha keys', visit: (visit) => accountKeys(visit, 'mecha') },
  { name: 'dialogs', visit: dialogs },
];

async function doors({ page, operator, enter, stop }: Visit): Promise<void> {
  await page.goto('/sign-in?product=meko');
  await expect(page.getByRole('heading', { name: 'Sign in to Meko' })).toBeVisible();
  await stop('sign-in');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page.getByText('Enter your e-mail address')).toBeVisible();
  await stop('sign-in-mistakes');
  const { url } = await operator.invited('meko');
  await page.goto(url);
  await expect(page.getByRole('heading', { name: 'Welcome' })).toBeVisible();
  await stop('invitation');
  await page.goto('/invitation');
  await expect(page.getByRole('heading', { name: 'Welcome' })).toBeVisible();
  await page.goto('about:blank');
  await page.goto('/invitation');
  await expect(page.getByRole('heading', { name: 'This link is not whole' })).toBeVisible();
  await stop('invitation-broken');
  await page.goto('/no/such/page');
  await expect(page.getByRole('heading', { name: 'There is no such page' })).toBeVisible();
  await stop('no-such-page');
  await enter(await operator.person('meko'), '/account');
  await expect(page.getByRole('heading', { name: 'Account', level: 1 })).toBeVisible();
  await stop('account');
}

async function accountKeys({ page, operator, enter, stop }: Visit, product: ProductName) {
  const person = await operator.person(product, 'Ana Ng');
  await enter(person, '/keys');
  await expect(page.getByText('No keys yet')).toBeVisible();
  await stop(`${product}-empty`);
  await someKeys(operator, person);
  await page.reload();
  await expect(page.getByRole('row')).toHaveCount(5);
  await stop(`${product}-list`);
  await page.goto('/keys?q=nothing+like+this');
  await expect(page.getByText('No key matches')).toBeVisible();
  await stop(`${product}-no-match`);
}

/** Keys in each of the states that there are. */
export async function someKeys(operator: Operator, person: Person, scope = {}): Promise<void> {
  const soon = person.product === 'meko' ? {} : { expires_in: '7d' };
  const gone = await operator.key(person, { ...scope, name: 'old/laptop' });
  await operator.call('POST', `/v1/keys/${gone.key.id}/revoke`, { reason: 'The laptop was lost' });
  await operator.key(person, { ...scope, ...soon, name: 'staging/agent' });
  await operator.key(person, { ...scope, name: 'laptop/cursor', description: 'Daily work' });
  await operator.key(person, {
    ...scope,
    name: 'a-very-long-machine-name-that-nobody-would-type-but-somebody-will/and-a-client',
    description:
      'Described at length, so that the row has to decide where its words break. '.repeat(3),
  });
}

async function dialogs({ page, operator, server, enter, stop }: Visit): Promise<void> {
  const keys = new KeysOnPage(page);
  const person = await operator.person('mecha');
  const { key } = await operator.key(person, { name: 'staging-agent' });
  await enter(person, '/keys');
  await keys.begin('Generate Key', { name: '1 wrong' });
  await keys.inDialog('Generate').click();
  await expect(keys.dialog).toContainText('begins with a letter');
  await stop('create');
  await keys.dialog.getByLabel('Key Name').fill('night-runner');
  await keys.generate();
  await stop('show-once');
  await keys.inDialog('Show the key secret').click();
  await stop('show-once-open');
  await page.keyboard.press('Escape');
  await expect(keys.dialog).toContainText('Close without saving the key?');
  await stop('close-anyway');
  await keys.inDialog('Close anyway').click();
  await keys.button('Revoke staging-agent').click();
  await expect(keys.inDialog('Cancel')).toBeFocused();
  await stop('revoke');
  await keys.inDialog('Revoke').click();
  await expect(keys.dialog).toContainText('no longer works anywhere');
  await stop('revoked');
  await keys.inDialog('Done').click();
  await ageSessions(server, person.id, 2);
  await keys.begin('Generate Key', { name: 'late' });
  await keys.inDialog('Generate').click();
  await expect(page.getByRole('dialog', { name: 'Is it you?' })).toBeVisible();
  await stop('reauthenticate');
  expect(key.id).toMatch(/^key_/);
}
