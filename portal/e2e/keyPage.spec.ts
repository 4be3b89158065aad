import { expect, test } from './fixtures.ts';
import { useByMcp } from './support/clients.ts';

test('ALL-6 a key’s page shows its requests, what used it and what was done with it, as a chart and as a table', async ({
  page,
  keys,
  server,
  operator,
  enter,
}) => {
  const person = await operator.person('meko');
  const { key, secret } = await operator.key(person, { name: 'laptop/cursor' });
  await enter(person, `/keys/${key.id}`);
  await expect(keys.heading('laptop/cursor')).toBeVisible();
  await expect(page.getByText('No requests yet')).toBeVisible();
  await useByMcp(`${server.gateway}/meko/mcp`, secret);
  const usage = page.getByRole('region', { name: 'Usage', exact: true });
  await expect(async () => {
    await page.reload();
    await expect(usage.locator('[data-total=accepted]')).not.toHaveText('0', { timeout: 2000 });
  }).toPass();
  await keys.button('Show as table').click();
  await expect(usage.getByRole('table')).toContainText('Accepted');
  const seen = page.getByRole('region', { name: 'Clients seen' });
  await expect(seen.getByRole('row').last()).toContainText('node');
  await expect(seen.getByRole('row').last()).toContainText('127.0.0.0/24');
  await page.getByText('24 hours', { exact: true }).click();
  await expect(page).toHaveURL(/range=/);

  await keys.button('Edit').click();
  await keys.dialog.getByLabel('Name').fill('desktop/cursor');
  await keys.inDialog('Save').click();
  await expect(keys.dialog).toBeHidden();
  await expect(keys.heading('desktop/cursor')).toBeVisible();
  const activity = page.getByRole('region', { name: 'Activity' });
  await expect(activity.locator('[data-action="key.create"]')).toBeVisible();
  await expect(activity.locator('[data-action="key.update"]')).toBeVisible();

  await keys.button('Revoke').first().click();
  await keys.dialog.getByLabel(/Type its name/).fill('desktop/cursor');
  await keys.dialog.getByLabel('Reason').fill('Sold the laptop');
  await keys.inDialog('Revoke').click();
  await keys.inDialog('Done').click();
  await expect(page.getByRole('region', { name: 'Details' })).toContainText('Revoked');
  await expect(activity).toContainText('Sold the laptop');
  const refused = await fetch(`${server.gateway}/meko/mcp`, {
    method: 'POST',
    headers: { Authorization: `Bearer ${secret}` },
  });
  expect(refused.status).toBe(401);
  await expect(async () => {
    await page.reload();
    await expect(page.locator('[data-reason=revoked]')).toBeVisible({ timeout: 2000 });
  }).toPass();
});

test('ALL-2 the list draws each key’s last 30 days beside it', async ({
  page,
  keys,
  server,
  operator,
  enter,
}) => {
  const person = await operator.person('mecha');
  const { secret } = await operator.key(person, { name: 'runner' });
  await operator.key(person, { name: 'idle' });
  for (let times = 0; times < 3; times++) {
    await fetch(`${server.gateway}/mecha/v1/machines`, {
      headers: { Authorization: `Bearer ${secret}` },
    });
  }
  await enter(person, '/keys');
  await expect(page.getByRole('columnheader', { name: '30 days' })).toBeVisible();
  await expect(async () => {
    await page.reload();
    await expect(keys.row('runner').getByRole('img')).toHaveAccessibleName(/3 requests/, {
      timeout: 2000,
    });
  }).toPass();
});
