import type { BrowserContext, Page } from '@playwright/test';

const READER = 'http://127.0.0.1/clipboard-reader';

/** What was copied, read by another site's page: the portal's own may write it and never read it. */
export class Clipboard {
  private constructor(
    private readonly context: BrowserContext,
    private readonly portal: Page,
  ) {}

  static async of(context: BrowserContext, portal: Page): Promise<Clipboard> {
    await context.grantPermissions(['clipboard-read', 'clipboard-write']);
    await context.route(READER, (route) =>
      route.fulfill({ contentType: 'text/html', body: '<title>reader</title>' }),
    );
    return new Clipboard(context, portal);
  }

  async read(): Promise<string> {
    return this.beside(() => navigator.clipboard.readText());
  }

  async empty(): Promise<void> {
    await this.beside(() => navigator.clipboard.writeText('nothing').then(() => ''));
  }

  private async beside(act: () => Promise<string>): Promise<string> {
    const reader = await this.context.newPage();
    await reader.goto(READER);
    await reader.bringToFront();
    const text = await reader.evaluate(act);
    await reader.close();
    await this.portal.bringToFront();
    return text;
  }
}
