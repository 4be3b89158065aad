import { readFile } from 'node:fs/promises';
import { expect, test } from './fixtures.ts';

test('MEMO-7 a member sees their own keys and no page of members; the owner sees everybody’s and takes one away', async ({
  page,
  keys,
  server,
  operator,
  enter,
}) => {
  const workspace = await operator.workspace();
  const member = await operator.member(workspace);
  const scope = { workspace: workspace.id };
  const theirs = await operator.key(member, { ...scope, name: 'mona/laptop' });
  await operator.key(workspace.owner, { ...scope, name: 'olive/server' });
  await enter(member, '/keys');
  await expect(keys.row('mona/laptop')).toBeVisible();
  await expect(keys.row('olive/server')).toHaveCount(0);
  await expect(page.getByText('Everyone’s keys')).toHaveCount(0);
  await expect(page.getByRole('link', { name: 'Members & plan' })).toHaveCount(0);
  await page.goto('/members');
  await expect(page.getByText('Only owners see this page')).toBeVisible();

  await page.context().clearCookies();
  await enter(workspace.owner, '/members');
  await expect(keys.heading('Members & plan')).toBeVisible();
  await keys
    .button(/Mona Member/)
    .first()
    .click();
  await expect(keys.row('mona/laptop')).toBeVisible();
  await keys.revoke('Delete', 'mona/laptop', false);
  await keys.inDialog('Done').click();
  await expect(keys.row('mona/laptop')).toHaveCount(0);
  const answer = await fetch(`${server.gateway}/memo/api/v1/developer/transcriptions`, {
    headers: { Authorization: `Bearer ${theirs.secret}` },
  });
  expect(answer.status).toBe(401);

  await page.getByRole('navigation').getByRole('link', { name: 'API & MCP' }).click();
  await expect(keys.row('olive/server')).toBeVisible();
  await page.getByText('Everyone’s keys').click();
  await expect(page).toHaveURL(/view=all/);
  await expect(keys.row('olive/server')).toContainText('Olive Owner');
});

test('MEMO-8 removing a member first shows the keys that will stop and when they were used, and stops them', async ({
  page,
  keys,
  server,
  operator,
  enter,
}) => {
  const workspace = await operator.workspace();
  const member = await operator.member(workspace);
  const scope = { workspace: workspace.id };
  const used = await operator.key(member, { ...scope, name: 'mona/laptop' });
  await operator.key(member, { ...scope, name: 'mona/unused' });
  const ask = () =>
    fetch(`${server.gateway}/memo/api/v1/developer/transcriptions`, {
      headers: { Authorization: `Bearer ${used.secret}` },
    });
  expect((await ask()).status).toBe(200);
  await expect
    .poll(
      async () => {
        const { last_used_at } = await operator.call<{ last_used_at: string | null }>(
          'GET',
          `/v1/keys/${used.key.id}`,
        );
        return last_used_at;
      },
      { timeout: 15_000 },
    )
    .not.toBeNull();

  await enter(workspace.owner, '/members');
  await keys.button('Actions for Mona Member').click();
  await page.getByRole('menuitem', { name: 'Remove…' }).click();
  await expect(page.getByRole('dialog', { name: 'Remove Mona Member?' })).toBeVisible();
  await expect(keys.dialog).toContainText('2 active keys would stop');
  await expect(keys.dialog).toContainText('mona/laptop');
  await expect(keys.dialog).toContainText('mona/unused');
  await expect(keys.inDialog('Cancel')).toBeFocused();
  await expect(keys.inDialog('Remove')).toBeDisabled();
  await keys.dialog.getByLabel(/Type the name/).fill('Mona Member');
  await keys.inDialog('Remove').click();
  await expect(keys.dialog).toContainText('2 keys stopped');
  await keys.inDialog('Done').click();
  await expect(page.getByRole('heading', { name: '1 member' })).toBeVisible();
  expect((await ask()).status).toBe(401);
});

test('MEMO-4 MEMO-8 on a plan without API access keys cannot be made, and are refused until the plan changes', async ({
  page,
  keys,
  server,
  operator,
  enter,
}) => {
  const workspace = await operator.workspace('expert');
  const { secret } = await operator.key(workspace.owner, {
    workspace: workspace.id,
    name: 'olive/server',
  });
  const ask = async () =>
    (
      await fetch(`${server.gateway}/memo/api/v1/developer/transcriptions`, {
        headers: { Authorization: `Bearer ${secret}` },
      })
    ).status;
  await enter(workspace.owner, '/members');
  const plan = page.getByRole('region', { name: 'Plan' });
  await expect(plan).toContainText('API access included');
  await plan.getByLabel('What would happen on another plan').selectOption('free');
  await expect(plan).toContainText('Free has no API access');
  await expect(plan).toContainText('olive/server');
  expect(await ask()).toBe(200);

  await operator.call('PATCH', `/v1/workspaces/${workspace.id}`, { plan: 'free' });
  expect(await ask()).toBe(403);
  await page.goto('/keys');
  await expect(page.getByText('API access needs the plan Pro or Expert')).toBeVisible();
  await expect(keys.row('olive/server')).toContainText('Active');
  await expect(keys.button('Create key')).toHaveCount(0);
  await operator.call('PATCH', `/v1/workspaces/${workspace.id}`, { plan: 'pro' });
  await page.reload();
  await expect(keys.button('Create key').first()).toBeVisible();
  expect(await ask()).toBe(200);
});

test('MEMO-7 an owner makes a member an owner, and the last owner can neither step down nor leave', async ({
  page,
  keys,
  operator,
  enter,
}) => {
  const workspace = await operator.workspace();
  await operator.member(workspace);
  await enter(workspace.owner, '/members');
  const role = async (who: string, next: string) => {
    await keys.button(`Actions for ${who}`).click();
    await page.getByRole('menuitem', { name: 'Change role…' }).click();
    await keys.dialog.getByRole('radio', { name: next }).check();
    await keys.inDialog('Change the role').click();
  };
  await role('Olive Owner', 'Member');
  await expect(keys.dialog).toContainText(/owner/);
  await expect(keys.inDialog('Change the role')).toHaveCount(0);
  await page.keyboard.press('Escape');
  await expect(keys.dialog).toBeHidden();
  await role('Mona Member', 'Owner');
  await expect(keys.dialog).toBeHidden();
  const mona = page.getByRole('listitem').filter({ hasText: 'Mona Member' });
  await expect(mona.locator('[data-role=owner]')).toBeVisible();
});

test('an owner takes all keys of a member away at once, and exports the list without any secret', async ({
  page,
  keys,
  guard,
  operator,
  enter,
}) => {
  const workspace = await operator.workspace();
  const member = await operator.member(workspace);
  const scope = { workspace: workspace.id };
  const made = await operator.key(member, { ...scope, name: 'mona/laptop' });
  await operator.key(member, { ...scope, name: '=cmd()' });
  guard.secrets.add(made.secret);
  await enter(workspace.owner, '/members');
  const saved = page.waitForEvent('download');
  await keys.button(/CSV/).click();
  const file = await saved;
  const text = await readFile(await file.path(), 'utf8');
  expect(text).toContain('mona/laptop');
  expect(text).not.toContain(made.secret.slice(-40));
  expect(text).not.toMatch(/(^|[,"])=cmd/m);

  await keys.button('Actions for Mona Member').click();
  await page.getByRole('menuitem', { name: 'Delete all keys…' }).click();
  await keys.dialog.getByLabel('Reason').fill('Laptop lost');
  await expect(keys.inDialog('Delete 2 keys')).toBeDisabled();
  await keys.dialog.getByLabel('Type how many keys will stop').fill('2');
  await keys.inDialog('Delete 2 keys').click();
  await expect(keys.dialog).toContainText('2 keys of Mona Member stopped working');
});

test('a person of two workspaces switches between them, and the address says in which they are', async ({
  page,
  keys,
  operator,
  enter,
}) => {
  const first = await operator.workspace('pro', 'Aurora Studio');
  const second = await operator.workspace('pro', 'Borealis Lab', first.owner);
  await operator.key(first.owner, { workspace: first.id, name: 'in/aurora' });
  await operator.key(first.owner, { workspace: second.id, name: 'in/borealis' });
  await enter(first.owner, '/keys');
  await expect(keys.row('in/aurora')).toBeVisible();
  await page.getByLabel('Workspace').selectOption({ label: 'Borealis Lab' });
  await expect(page).toHaveURL(new RegExp(`workspace=${second.id}`));
  await expect(keys.row('in/borealis')).toBeVisible();
  await expect(keys.row('in/aurora')).toHaveCount(0);
  await page.goBack();
  await expect(keys.row('in/aurora')).toBeVisible();
});
