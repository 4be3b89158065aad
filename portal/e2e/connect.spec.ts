import { expect, test } from './fixtures.ts';
import { useByMcp } from './support/clients.ts';

test('MEKO-3 MEKO-7 a datapack without a key offers one in place, then shows the commands, and sees the first request', async ({
  page,
  keys,
  server,
  guard,
  operator,
  enter,
}) => {
  const person = await operator.person('meko');
  const datapack = await operator.resource(person, 'datapack', 'Field notes');
  const other = await operator.resource(person, 'datapack', 'Lab notes');
  await enter(person, '/resources');
  await page.getByRole('link', { name: 'Connect Field notes' }).click();
  await expect(keys.heading('Field notes')).toBeVisible();
  await expect(page.getByText('You have no active key yet')).toBeVisible();
  await keys.create('Generate API key', { name: 'laptop/claude' });
  const secret = await guard.lastSecret();
  const choice = page.getByRole('radiogroup', { name: /key/ });
  await expect(choice).toContainText('laptop/claude');
  await expect(choice).toContainText(`${secret.slice(0, 'mko_tkn_'.length + 6)}…`);

  await page.getByRole('radio', { name: 'Claude Code', exact: true }).check();
  const setup = page.getByRole('region', { name: 'Claude Code', exact: true });
  await expect(setup).toContainText('claude mcp add');
  await expect(setup).toContainText(`${server.gateway}/meko/mcp`);
  await expect(page).toHaveURL(/client=claude-code/);
  await expect(setup).not.toContainText(secret);

  const url = `${server.gateway}/meko/mcp`;
  await expect(page.getByText('Waiting for the first request…')).toBeVisible();
  await useByMcp(url, secret, ['query_datapack', { datapack_id: datapack, question: 'birds' }]);
  await expect(page.getByText(/First request seen from/)).toBeVisible({ timeout: 15_000 });
  const second = await useByMcp(url, secret, [
    'query_datapack',
    { datapack_id: other, question: 'bees' },
  ]);
  expect(second.called?.isError ?? false).toBe(false);
});

test('MEKO-3 every client has its form, deep links hold a placeholder only, and the choice stands in the address', async ({
  page,
  keys,
  operator,
  guard,
  enter,
}) => {
  const person = await operator.person('meko');
  await operator.resource(person, 'datapack', 'Field notes');
  const { secret } = await operator.key(person, { name: 'laptop/cursor' });
  guard.secrets.add(secret);
  await enter(person, '/resources');
  await page.getByRole('link', { name: 'Connect Field notes' }).click();
  await expect(page.getByText('laptop/cursor', { exact: true })).toBeVisible();
  const clients = page.getByRole('radiogroup', { name: 'Client' }).getByRole('radio');
  await expect(clients.first()).toBeAttached();
  const labels = await clients.evaluateAll((all) =>
    all.map((one) => one.closest('label')?.textContent ?? ''),
  );
  for (const wanted of ['Claude Code', 'Cursor', 'VS Code', 'Codex', 'Gemini CLI', 'Zed', 'curl']) {
    expect(
      labels.some((label) => label.includes(wanted)),
      wanted,
    ).toBe(true);
  }
  for (const label of labels) {
    await page.getByRole('radio', { name: label, exact: true }).check();
    const setup = page.getByRole('region', { name: label, exact: true });
    await expect(setup.locator('pre').first()).toBeVisible();
    for (const href of await setup.locator('a[href]').evaluateAll((all) => all.map(String))) {
      expect(href).not.toContain(secret.slice(-40));
    }
  }
  await page.getByRole('radio', { name: 'Cursor', exact: true }).check();
  const link = await page
    .getByRole('link', { name: /Cursor/ })
    .first()
    .getAttribute('href');
  const config = new URL(link ?? '').searchParams.get('config') ?? '';
  expect(JSON.parse(Buffer.from(config, 'base64').toString())).toMatchObject({
    url: expect.stringContaining('/meko/mcp'),
  });
  await page.reload();
  await expect(page.getByRole('radio', { name: 'Cursor', exact: true })).toBeChecked();
  await expect(keys.heading('Field notes')).toBeVisible();
});

test('a link may open the dialog with its words, and no link takes the decision', async ({
  page,
  keys,
  operator,
  enter,
}) => {
  const person = await operator.person('mecha');
  await enter(person, '/keys?create=1&name=ci-runner&expires_in=7d');
  await expect(keys.dialog.getByLabel('Key Name')).toHaveValue('ci-runner');
  await expect(keys.dialog.getByRole('radio', { name: '7 days', exact: true })).toBeChecked();
  await keys.inDialog('Cancel').click();
  await expect(page).not.toHaveURL(/ci-runner/);
  await expect(page.getByText('No keys yet')).toBeVisible();
});
