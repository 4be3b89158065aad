import { expect, test } from './fixtures.ts';
import { refusedByMcp, useByMcp } from './support/clients.ts';

test('MEKO-1 MEKO-2 MEKO-4 MEKO-6 MEKO-8 MEKO-10 ALL-1 a datapack key is made, shown once, used by an MCP client, seen as used, revoked and refused', async ({
  page,
  keys,
  server,
  guard,
  operator,
  enter,
}) => {
  const person = await operator.person('meko');
  const datapack = await operator.resource(person, 'datapack', 'Field notes');
  await enter(person);
  await expect(keys.heading('API Keys')).toBeVisible();
  await expect(page.getByRole('navigation')).toContainText('Settings');
  await expect(page.getByText('No keys yet')).toBeVisible();

  await keys.begin('Generate API key', { name: 'laptop/cursor' });
  await expect(keys.dialog.getByRole('radio')).toHaveCount(0);
  await expect(keys.dialog).toContainText('365 days after it is made');
  await keys.generate();
  const secret = await guard.lastSecret();
  expect(secret).toMatch(/^mko_tkn_[0-9A-Za-z]{61}$/);
  await expect(keys.dialog).not.toContainText(secret);
  await keys.inDialog('Show the key').click();
  await expect(keys.dialog.getByRole('group', { name: 'API key' })).toContainText(secret);
  const file = await keys.download();
  expect(file.name).toMatch(/^meko-laptop-cursor-\d{4}-\d\d-\d\d\.txt$/);
  expect(file.text).toContain(secret);
  expect(file.text).toContain(`${server.gateway}/meko/mcp`);
  await keys.inDialog('I have saved it').click();
  await expect(keys.dialog).toBeHidden();
  const row = keys.row('laptop/cursor');
  await expect(row).toContainText(`${secret.slice(0, 'mko_tkn_'.length + 6)}…`);
  await expect(row).toContainText('Active');
  await expect(row).toContainText('Never');

  const url = `${server.gateway}/meko/mcp`;
  const used = await useByMcp(url, secret, [
    'query_datapack',
    { datapack_id: datapack, question: 'birds' },
  ]);
  expect(used.called?.isError ?? false).toBe(false);
  await expect(async () => {
    await page.reload();
    await expect(row).toContainText('just now', { timeout: 2000 });
    await expect(row).not.toContainText('Never', { timeout: 2000 });
  }).toPass();

  await keys.revoke('Revoke', 'laptop/cursor', true);
  await keys.inDialog('Done').click();
  await expect(row).toContainText('Revoked');
  await expect(row.getByRole('button', { name: /Revoke/ })).toHaveCount(0);
  expect(await refusedByMcp(url, secret)).toContain('401');
});

test('MECHA-1 MECHA-2 MECHA-3 MECHA-4 MECHA-5 MECHA-6 MECHA-7 ALL-1 a key of ID and secret is made under the name rule, used by REST, and revoked', async ({
  page,
  keys,
  server,
  guard,
  clipboard,
  operator,
  enter,
}) => {
  const person = await operator.person('mecha');
  await enter(person);
  await expect(keys.heading('API Keys')).toBeVisible();

  await keys.begin('Generate Key', { name: '1st-runner', description: 'Nightly builds' });
  await keys.inDialog('Generate').click();
  await expect(keys.dialog).toContainText("A key's name begins with a letter");
  const choices = keys.dialog.getByRole('radiogroup', { name: 'Expire In' });
  for (const choice of ['7 days', '30 days', '90 days', '180 days', '365 days', 'No expiry']) {
    await expect(choices.getByRole('radio', { name: choice, exact: true })).toBeEnabled();
  }
  await expect(choices.getByRole('radio', { name: /A date/ })).toBeDisabled();
  await choices.getByRole('radio', { name: '30 days', exact: true }).check();
  await expect(keys.dialog).toContainText('It stops working on');
  await keys.dialog.getByLabel('Key Name').fill('first-runner');
  await keys.generate();
  const secret = await guard.lastSecret();
  const id = `key_${secret.slice('mch_'.length, 'mch_'.length + 12)}`;
  await expect(keys.dialog.getByRole('group', { name: 'API Key ID' })).toContainText(id);
  await keys.inDialog('Copy API key ID').click();
  expect(await clipboard.read()).toBe(id);
  await keys.inDialog('Copy key secret').click();
  expect(await clipboard.read()).toBe(secret);
  await keys.inDialog('I have saved it').click();
  const row = keys.row('first-runner');
  await expect(row).toContainText(id);
  await expect(row).toContainText('Nightly builds');

  const basic = Buffer.from(`${id}:${secret}`).toString('base64');
  const ask = (authorization: string) =>
    fetch(`${server.gateway}/mecha/v1/machines`, { headers: { Authorization: authorization } });
  expect((await ask(`Bearer ${secret}`)).status).toBe(200);
  expect((await ask(`Basic ${basic}`)).status).toBe(200);
  await expect(async () => {
    await page.reload();
    await expect(row).not.toContainText('Never', { timeout: 2000 });
  }).toPass();

  await keys.revoke('Revoke', 'first-runner', true);
  await keys.inDialog('Done').click();
  await expect(row).toContainText('Revoked');
  expect((await ask(`Bearer ${secret}`)).status).toBe(401);
  expect((await ask(`Basic ${basic}`)).status).toBe(401);
});

test('LAKE-1 LAKE-2 LAKE-3 LAKE-4 LAKE-6 ALL-1 a server of a project is added, its endpoint URL alone opens the project, and deleting ends it', async ({
  page,
  keys,
  server,
  guard,
  operator,
  enter,
}) => {
  const person = await operator.person('memorylake');
  const project = await operator.resource(person, 'project', 'Northwind');
  await operator.resource(person, 'project', 'Southwind');
  await enter(person);
  await page.getByRole('main').getByRole('link', { name: 'Northwind', exact: true }).click();
  await expect(keys.heading('Northwind')).toBeVisible();
  await page.getByRole('link', { name: 'MCP Servers', exact: true }).click();
  // The page before has a button of that name, too, and stays until this one is there.
  await expect(page.getByText('No keys yet')).toBeVisible();

  await keys.begin('Add MCP Server', { description: 'Claude Desktop on Ana’s laptop' });
  await expect(keys.dialog.getByLabel(/^Name/)).toHaveCount(0);
  await keys.generate();
  const secret = await guard.lastSecret();
  await expect(keys.dialog).not.toContainText(secret);
  await keys.inDialog('Show the endpoint URL').click();
  const endpoint = `${server.gateway}/memorylake/mcp/v1?apikey=${secret}`;
  await expect(keys.dialog.getByRole('group', { name: 'Endpoint URL' })).toContainText(endpoint);
  const file = await keys.download();
  expect(file.text).toContain(endpoint);
  await keys.inDialog('I have saved it').click();
  const row = keys.row('Claude Desktop on Ana’s laptop');
  await expect(row).toContainText('Active');

  const remembered = await useByMcp(endpoint, undefined, ['remember', { text: 'blue door' }]);
  expect(JSON.stringify(remembered.called)).toContain(project);
  await expect(async () => {
    await page.reload();
    await expect(row).not.toContainText('Never', { timeout: 2000 });
  }).toPass();

  await keys.revoke('Delete', 'Claude Desktop on Ana’s laptop', true);
  await keys.inDialog('Done').click();
  await page.reload();
  await expect(keys.heading('Northwind')).toBeVisible();
  await expect(row).toHaveCount(0);
  await keys.button('Show deleted keys').click();
  await expect(page.getByLabel('Status')).toHaveValue('deleted');
  await expect(row).toBeVisible();
  expect(await refusedByMcp(endpoint)).toContain('401');
});

test('MEMO-1 MEMO-2 MEMO-3 MEMO-10 MEMO-11 ALL-1 a workspace key opens REST and MCP until it is deleted', async ({
  page,
  keys,
  server,
  guard,
  operator,
  enter,
}) => {
  const workspace = await operator.workspace();
  await enter(workspace.owner);
  await expect(keys.heading('API & MCP')).toBeVisible();
  await expect(page.getByRole('navigation')).toContainText('Settings');

  await keys.begin('Create key', { name: 'studio/zapier' });
  const day = new Date(Date.now() + 40 * 86_400_000).toISOString().slice(0, 10);
  await keys.dialog.getByRole('radio', { name: 'A date of your choice' }).check();
  await keys.dialog.getByLabel('Last day').fill(day);
  await expect(keys.dialog).toContainText('It stops working on');
  await keys.generate();
  const secret = await guard.lastSecret();
  expect(secret).toMatch(/^mk_live_/);
  await keys.inDialog('I have saved it').click();
  const row = keys.row('studio/zapier');
  await expect(row).toContainText(`…${secret.slice(-4)}`);
  await expect(row).toContainText('Active');

  const rest = () =>
    fetch(`${server.gateway}/memo/api/v1/developer/transcriptions`, {
      headers: { Authorization: `Bearer ${secret}` },
    });
  expect((await rest()).status).toBe(200);
  const url = `${server.gateway}/memo/mcp`;
  expect((await useByMcp(url, secret, ['list_transcriptions', {}])).called?.isError ?? false).toBe(
    false,
  );
  await expect(async () => {
    await page.reload();
    await expect(row).not.toContainText('Never', { timeout: 2000 });
  }).toPass();

  await keys.revoke('Delete', 'studio/zapier', true);
  await keys.inDialog('Done').click();
  await page.reload();
  await expect(page.getByText('No keys yet')).toBeVisible();
  await expect(row).toHaveCount(0);
  await keys.button('Show deleted keys').click();
  await expect(row).toContainText('Revoked');
  expect((await rest()).status).toBe(401);
  expect(await refusedByMcp(url, secret)).toContain('401');
});
