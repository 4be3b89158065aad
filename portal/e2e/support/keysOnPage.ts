import { expect, type Locator, type Page } from '@playwright/test';

/** A list of keys and its dialogs, found as people and screen readers find them. */
export class KeysOnPage {
  constructor(readonly page: Page) {}

  get dialog(): Locator {
    return this.page.getByRole('dialog');
  }

  button(name: string | RegExp): Locator {
    return this.page.getByRole('button', { name });
  }

  inDialog(name: string | RegExp): Locator {
    return this.dialog.getByRole('button', { name });
  }

  row(name: string): Locator {
    return this.page.getByRole('row').filter({ hasText: name });
  }

  heading(name: string | RegExp): Locator {
    return this.page.getByRole('heading', { level: 1, name });
  }

  /** Opens the dialog by the product's own words and fills in the name, where there is one. */
  async begin(create: string, fields: { name?: string; description?: string } = {}): Promise<void> {
    await this.button(create).first().click();
    await expect(this.dialog).toBeVisible();
    if (fields.name !== undefined) {
      await this.dialog.getByLabel(/^(Key )?Name/).fill(fields.name);
    }
    if (fields.description !== undefined) {
      await this.dialog.getByLabel('Description').fill(fields.description);
    }
  }

  async generate(): Promise<void> {
    await this.inDialog('Generate').click();
    await expect(this.dialog.getByText('Save it now')).toBeVisible();
  }

  /** A whole creation, saved as people do who use the button at the end. */
  async create(create: string, fields: { name?: string; description?: string }): Promise<void> {
    await this.begin(create, fields);
    await this.generate();
    await this.inDialog('I have saved it').click();
    await expect(this.dialog).toBeHidden();
  }

  /** Reads the text that Download .txt hands over, and its file's name. */
  async download(): Promise<{ name: string; text: string }> {
    const waiting = this.page.waitForEvent('download');
    await this.inDialog('Download .txt').click();
    const download = await waiting;
    const stream = await download.createReadStream();
    const parts: Buffer[] = [];
    for await (const part of stream) {
      parts.push(part as Buffer);
    }
    await download.delete();
    return { name: download.suggestedFilename(), text: Buffer.concat(parts).toString() };
  }

  /** Opens the revoke dialog of a key, types its name where that is asked for, and goes through. */
  async revoke(verb: string, name: string, isUsed: boolean): Promise<void> {
    await this.button(`${verb} ${name}`).click();
    await expect(this.dialog).toContainText(name);
    await expect(this.inDialog('Cancel')).toBeFocused();
    const go = this.inDialog(verb);
    if (isUsed) {
      await expect(go).toBeDisabled();
      await this.dialog.getByLabel(/Type its name/).fill(name);
    }
    await go.click();
    await expect(this.dialog).toContainText('no longer works anywhere');
  }
}
