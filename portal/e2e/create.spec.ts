import { expect, test } from './fixtures.ts';

test('MEKO-5 MECHA-5 the tenth key fills the quota, and a place is free again after a revoke', async ({
  page,
  keys,
  operator,
  enter,
}) => {
  const person = await operator.person('meko');
  for (let n = 1; n <= 9; n++) {
    await operator.key(person, { name: `machine/${n}` });
  }
  await enter(person, '/keys');
  await keys.begin('Generate API key', { name: 'machine/10' });
  await expect(keys.dialog).toContainText('9 of 10 active');
  await keys.generate();
  await keys.inDialog('I have saved it').click();
  await expect(page.getByRole('row')).toHaveCount(11);

  await keys.begin('Generate API key');
  await expect(keys.dialog).toContainText('10 of 10 active');
  await expect(keys.inDialog('Generate')).toBeDisabled();
  await keys.inDialog('Cancel').click();
  await keys.revoke('Revoke', 'machine/3', false);
  await keys.inDialog('Done').click();
  await keys.begin('Generate API key');
  await expect(keys.dialog).toContainText('9 of 10 active');
  await expect(keys.inDialog('Generate')).toBeEnabled();
});

test('MEKO-5 a quota that was filled elsewhere meanwhile is told in the form', async ({
  keys,
  operator,
  enter,
}) => {
  const person = await operator.person('meko');
  for (let n = 1; n <= 9; n++) {
    await operator.key(person, { name: `machine/${n}` });
  }
  await enter(person, '/keys');
  await keys.begin('Generate API key', { name: 'too/late' });
  await expect(keys.dialog).toContainText('9 of 10 active');
  await operator.key(person, { name: 'faster/one' });
  await keys.inDialog('Generate').click();
  await expect(keys.dialog.getByRole('alert')).toContainText(/10/);
  await expect(keys.dialog.getByLabel('Name')).toHaveValue('too/late');
});

test('ALL-2 after a revoke a replacement with the same words is offered', async ({
  keys,
  operator,
  enter,
}) => {
  const person = await operator.person('meko');
  await operator.key(person, { name: 'ci/runner', description: 'Nightly builds' });
  await enter(person, '/keys');
  await keys.revoke('Revoke', 'ci/runner', false);
  await keys.inDialog('Create a replacement').click();
  await expect(keys.dialog.getByLabel('Name')).toHaveValue('ci/runner');
  await expect(keys.dialog.getByLabel('Description')).toHaveValue('Nightly builds');
  await keys.generate();
  await keys.inDialog('I have saved it').click();
  await expect(keys.row('ci/runner')).toHaveCount(2);
  await expect(keys.row('ci/runner').filter({ hasText: 'Revoked' })).toHaveCount(1);
});

test('MEKO-2 ALL-1 closing before the key was saved is asked about once, in every way of closing', async ({
  page,
  keys,
  operator,
  enter,
}) => {
  const person = await operator.person('meko');
  await enter(person, '/keys');
  await keys.begin('Generate API key', { name: 'guarded' });
  await keys.generate();
  await page.keyboard.press('Escape');
  await expect(keys.dialog).toContainText('Close without saving the key?');
  await expect(keys.inDialog('Back to the key')).toBeFocused();
  await keys.inDialog('Back to the key').click();
  await expect(keys.dialog.getByText('Save it now')).toBeVisible();
  await page.mouse.click(5, 5);
  await expect(keys.dialog.getByText('Save it now')).toBeVisible();
  const asked = page.waitForEvent('dialog');
  const leaving = page.evaluate(() => window.location.reload()).catch(() => {});
  const question = await asked;
  expect(question.type()).toBe('beforeunload');
  await question.dismiss();
  await leaving;
  await expect(keys.dialog.getByText('Save it now')).toBeVisible();
  await keys.inDialog('Close').click();
  await keys.inDialog('Close anyway').click();
  await expect(keys.dialog).toBeHidden();
  await expect(keys.row('guarded')).toBeVisible();
});

test('MEKO-2 without a clipboard, as on plain HTTP, copying falls back, and says so where that fails too', async ({
  page,
  keys,
  operator,
  enter,
}) => {
  await page.addInitScript(() => {
    Object.defineProperty(navigator, 'clipboard', { value: undefined });
  });
  const person = await operator.person('meko');
  await enter(person, '/keys');
  await keys.begin('Generate API key', { name: 'plain/http' });
  await keys.generate();
  await page.evaluate(() => {
    document.addEventListener('copy', () => {
      document.documentElement.dataset.copied = String(document.getSelection()?.toString().length);
    });
  });
  await keys.inDialog('Copy key').click();
  await expect(keys.inDialog('Copy key')).toHaveAttribute('data-outcome', 'copied');
  await page.evaluate(() => {
    document.execCommand = () => false;
  });
  await keys.inDialog('Copy key').click();
  await expect(keys.inDialog('Copy key')).toHaveAttribute('data-outcome', 'failed');
  await expect(page.locator('[data-announcer]')).toContainText('Could not copy the key');
  await expect(keys.dialog.locator('textarea')).toHaveCount(0);
});

test('an answer that was lost on its way is not asked for twice (by a connection that is cut)', async ({
  page,
  keys,
  guard,
  operator,
  enter,
}) => {
  const person = await operator.person('meko');
  await enter(person, '/keys');
  await keys.begin('Generate API key', { name: 'lost/answer' });
  await page.route('**/v1/keys', async (route) => {
    await route.fetch();
    await route.abort('connectionreset');
  });
  await keys.inDialog('Generate').click();
  await expect(keys.dialog.getByRole('alert')).toContainText('cannot be reached');
  guard.expectFaults(/ERR_CONNECTION_RESET/);
  await page.unrouteAll();
  await keys.inDialog('Generate').click();
  await expect(keys.dialog).toContainText('The key was made, but the connection broke');
  await keys.inDialog('To the list').click();
  await expect(keys.row('lost/answer')).toHaveCount(1);
});
