import type { Locator, Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';

test('a key is made, copied, closed and revoked by keyboard alone, and the focus is always where one expects it', async ({
  page,
  keys,
  operator,
  enter,
}) => {
  const person = await operator.person('meko');
  await enter(person, '/keys');
  await expect(keys.heading('API Keys')).toBeVisible();
  await page.keyboard.press('Tab');
  await expect(page.getByRole('link', { name: 'Skip to the content' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.locator('main')).toBeFocused();

  const generate = keys.button('Generate API key').first();
  await tabTo(page, generate);
  await expectVisibleFocus(generate);
  await page.keyboard.press('Enter');
  await expect(keys.dialog.getByLabel('Name')).toBeFocused();
  await expectTrapped(page, keys.dialog);
  await page.keyboard.press('Escape');
  await expect(keys.dialog).toBeHidden();
  await expect(generate).toBeFocused();

  await page.keyboard.press('n');
  await expect(keys.dialog.getByLabel('Name')).toBeFocused();
  await page.keyboard.type('n/keyboard');
  await page.keyboard.press('Enter');
  await expect(keys.dialog.getByText('Save it now')).toBeVisible();
  await expectTrapped(page, keys.dialog);
  await tabTo(page, keys.inDialog('Copy key'));
  await expectVisibleFocus(keys.inDialog('Copy key'));
  await page.keyboard.press('Enter');
  await expect(keys.inDialog('Copy key')).toHaveAttribute('data-outcome', /copied|failed/);
  await expect(keys.inDialog('Copy key')).toBeFocused();
  await tabTo(page, keys.inDialog('I have saved it'));
  await page.keyboard.press('Enter');
  await expect(keys.dialog).toBeHidden();
  await expect(keys.row('n/keyboard')).toBeVisible();

  await page.keyboard.press('/');
  await expect(page.getByLabel('Search')).toBeFocused();
  await page.keyboard.type('n/key');
  await expect(page.getByLabel('Search')).toHaveValue('n/key');
  const revoke = keys.button('Revoke n/keyboard');
  await tabTo(page, revoke);
  await page.keyboard.press('Enter');
  await expect(keys.inDialog('Cancel')).toBeFocused();
  await expectTrapped(page, keys.dialog);
  await page.keyboard.press('Escape');
  await expect(revoke).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(keys.inDialog('Cancel')).toBeFocused();
  await tabTo(page, keys.inDialog('Revoke'));
  await page.keyboard.press('Enter');
  await expect(keys.dialog).toContainText('no longer works anywhere');
  await tabTo(page, keys.inDialog('Done'));
  await page.keyboard.press('Enter');
  await expect(keys.dialog).toBeHidden();
  await expect(keys.row('n/keyboard')).toContainText('Revoked');
  await expect(page.locator('body')).not.toBeFocused();
});

test('"?" tells the shortcuts, and none acts while something is typed or a dialog is open', async ({
  page,
  keys,
  operator,
  enter,
}) => {
  const person = await operator.person('meko');
  await operator.key(person, { name: 'first' });
  await enter(person, '/keys');
  await expect(keys.row('first')).toBeVisible();
  await page.keyboard.press('?');
  await expect(page.getByRole('dialog', { name: 'Keyboard' })).toContainText('Make a new key');
  await page.keyboard.press('n');
  await expect(page.getByRole('dialog')).toHaveCount(1);
  await page.keyboard.press('Escape');
  await expect(keys.dialog).toBeHidden();
  await page.keyboard.press('/');
  await page.keyboard.type('n?/');
  await expect(page.getByLabel('Search')).toHaveValue('n?/');
  await expect(keys.dialog).toBeHidden();
});

/** Presses Tab until it is there; as often as anybody would. */
async function tabTo(page: Page, target: Locator): Promise<void> {
  await expect(target).toBeVisible();
  for (let presses = 0; presses < 40; presses++) {
    if (await target.evaluate((element) => element === document.activeElement)) {
      return;
    }
    await page.keyboard.press('Tab');
  }
  await expect(target).toBeFocused();
}

/** Goes once around: the focus stays in the dialog. */
async function expectTrapped(page: Page, dialog: Locator): Promise<void> {
  for (let presses = 0; presses < 15; presses++) {
    await page.keyboard.press('Tab');
    expect(await dialog.evaluate((element) => element.contains(document.activeElement))).toBe(true);
  }
}

/** It has an outline, or something like it, that it has not without the focus. */
async function expectVisibleFocus(target: Locator): Promise<void> {
  const look = await target.evaluate((element) => {
    const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(element);
    return { outlineStyle, outlineWidth, boxShadow };
  });
  const hasOutline = look.outlineStyle !== 'none' && look.outlineWidth !== '0px';
  expect(hasOutline || look.boxShadow !== 'none', JSON.stringify(look)).toBe(true);
}
