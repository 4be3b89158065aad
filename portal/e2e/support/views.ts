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
  { name: 'datapacks', visit: datapacks },
  { name: 'projects', visit: projects },
  { name: 'workspace keys', visit: workspaceKeys },
  { name: 'members', visit: members },
  { name: 'a key', visit: aKey },
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

async function datapacks({ page, operator, enter, stop }: Visit): Promise<void> {
  const person = await operator.person('meko');
  await operator.resource(person, 'datapack', 'Field notes');
  await operator.resource(person, 'datapack', 'Lab notes of the year before last, in full');
  await enter(person, '/resources');
  await expect(page.getByRole('link', { name: 'Connect Field notes' })).toBeVisible();
  await stop('datapacks');
  await page.getByRole('link', { name: 'Connect Field notes' }).click();
  await expect(page.getByText('You have no active key yet')).toBeVisible();
  await stop('connect-no-key');
  await operator.key(person, { name: 'laptop/cursor' });
  await operator.key(person, { name: 'server/agent' });
  await page.reload();
  await page.getByText('laptop/cursor').click();
  await expect(page.getByText('Waiting for the first request…')).toBeVisible();
  for (const client of ['Claude Code', 'Cursor']) {
    await page.getByRole('radio', { name: client, exact: true }).check();
    await expect(page.getByRole('region', { name: client, exact: true })).toBeVisible();
    await stop(`connect-${client.toLowerCase().replace(' ', '-')}`);
  }
}

async function projects({ page, operator, enter, stop }: Visit): Promise<void> {
  const keys = new KeysOnPage(page);
  const person = await operator.person('memorylake');
  const project = await operator.resource(person, 'project', 'Northwind');
  await enter(person, `/resources/${project}/keys`);
  await expect(page.getByText('No keys yet')).toBeVisible();
  await stop('project-empty');
  const description = 'Claude Desktop on Ana’s laptop';
  await operator.key(person, { resource: project, description });
  await operator.key(person, { resource: project, description: 'Staging agent' });
  await page.reload();
  await expect(keys.row(description)).toBeVisible();
  await stop('project-keys');
  await keys.begin('Add MCP Server', { description: 'Night agent' });
  await stop('project-create');
  await keys.generate();
  await stop('project-show-once');
  await keys.inDialog('I have saved it').click();
  await page.getByRole('link', { name: 'Overview' }).click();
  await expect(page.getByRole('radiogroup', { name: 'Client' })).toBeVisible();
  await stop('project-overview');
}

async function workspaceKeys({ page, operator, enter, stop }: Visit): Promise<void> {
  const workspace = await operator.workspace();
  const member = await operator.member(workspace);
  const scope = { workspace: workspace.id };
  await someKeys(operator, workspace.owner, scope);
  await operator.key(member, { ...scope, name: 'mona/laptop' });
  await enter(workspace.owner, '/keys?view=all');
  await expect(page.getByRole('row').filter({ hasText: 'mona/laptop' })).toBeVisible();
  await stop('workspace-keys-of-all');
  await operator.call('PATCH', `/v1/workspaces/${workspace.id}`, { plan: 'free' });
  await page.reload();
  await expect(page.getByText('API access needs the plan')).toBeVisible();
  await stop('workspace-plan-required');
}

async function members({ page, operator, enter, stop }: Visit): Promise<void> {
  const keys = new KeysOnPage(page);
  const workspace = await operator.workspace();
  const member = await operator.member(workspace);
  const scope = { workspace: workspace.id };
  await operator.key(member, { ...scope, name: 'mona/laptop' });
  await operator.key(member, { ...scope, name: 'mona/server' });
  await enter(workspace.owner, '/members');
  await page
    .getByRole('button', { name: /^MM|Mona Member/ })
    .first()
    .click();
  await expect(keys.row('mona/laptop')).toBeVisible();
  const plan = page.getByRole('region', { name: 'Plan' });
  await plan.getByLabel('What would happen on another plan').selectOption('free');
  await expect(plan).toContainText('mona/laptop');
  await stop('members');
  for (const [item, what] of [
    ['Change role…', 'member-role'],
    ['Delete all keys…', 'member-delete-all'],
    ['Remove…', 'member-remove'],
  ] as const) {
    await keys.button('Actions for Mona Member').click();
    await expect(page.getByRole('menuitem', { name: item })).toBeVisible();
    if (what === 'member-role') {
      await stop('member-menu');
    }
    await page.getByRole('menuitem', { name: item }).click();
    await expect(keys.inDialog('Cancel')).toBeFocused();
    await stop(what);
    await keys.inDialog('Cancel').click();
    await expect(keys.dialog).toBeHidden();
  }
}

async function aKey({ page, operator, server, enter, stop }: Visit): Promise<void> {
  const keys = new KeysOnPage(page);
  const person = await operator.person('mecha');
  const { key, secret } = await operator.key(person, { name: 'runner', expires_in: '7d' });
  await enter(person, `/keys/${key.id}`);
  await expect(page.getByText('No requests yet')).toBeVisible();
  await stop('key-unused');
  for (let times = 0; times < 5; times++) {
    await fetch(`${server.gateway}/mecha/v1/machines`, {
      headers: { Authorization: `Bearer ${secret}`, 'User-Agent': 'mecha-cli/2.1' },
    });
  }
  await page.reload();
  await expect(page.getByText('mecha-cli/2.1', { exact: true })).toBeVisible();
  await stop('key-used');
  await keys.button('Show as table').click();
  await stop('key-table');
  await keys.button('Edit').click();
  await expect(keys.dialog.getByLabel('Key Name')).toBeFocused();
  await stop('key-edit');
  await keys.inDialog('Cancel').click();
  await keys.button('Expire earlier').click();
  await expect(keys.dialog).toBeVisible();
  await stop('key-expire-earlier');
}
