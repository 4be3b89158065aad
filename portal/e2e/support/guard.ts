import { type BrowserContext, expect, type Page } from '@playwright/test';

/** Said by browsers of every answer that is no success; the portal shows those itself. */
const REFUSED_CALL = /^Failed to load resource: the server responded with a status of [45]\d\d/;

const TELL = 'tellOfViolation';

/**
 * Watches all that a test's pages do, and says at the end what must hold of every test: nothing
 * broke the Content Security Policy or Trusted Types, nothing was thrown, and no secret that was
 * made on the way is in an address, a request, the console or anything that the browser keeps.
 */
export class Guard {
  /** Secrets of keys, as the answers named them that made these. */
  readonly secrets = new Set<string>();
  readonly requests: { url: string; body: string }[] = [];
  private readonly said: string[] = [];
  private readonly faults: string[] = [];
  private allowed: RegExp | null = null;
  private readonly readings: Promise<void>[] = [];

  constructor(private readonly context: BrowserContext) {}

  async begin(): Promise<void> {
    await this.context.exposeFunction(TELL, (violation: string) => {
      this.faults.push(`policy: ${violation}`);
    });
    await this.context.addInitScript((tell) => {
      document.addEventListener('securitypolicyviolation', (event) => {
        const { effectiveDirective, blockedURI, sourceFile, lineNumber, sample } = event;
        const told = `${effectiveDirective} ${blockedURI} ${sourceFile}:${lineNumber} ${sample}`;
        (window as unknown as Record<string, (text: string) => void>)[tell]?.(told);
      });
    }, TELL);
    this.context.on('page', (page) => this.watch(page));
    this.context.on('request', (request) => {
      this.requests.push({ url: request.url(), body: request.postData() ?? '' });
    });
    this.context.on('response', (response) => {
      const request = response.request();
      if (request.method() === 'POST' && response.url().endsWith('/v1/keys')) {
        this.readings.push(this.remember(() => response.json()));
      }
    });
  }

  private watch(page: Page): void {
    page.on('pageerror', (error) => this.faults.push(`thrown: ${error.message}`));
    page.on('console', (message) => {
      const text = message.text();
      this.said.push(text);
      if (message.type() === 'error' && !REFUSED_CALL.test(text)) {
        this.faults.push(`console: ${text}`);
      }
    });
  }

  private async remember(read: () => Promise<{ secret?: string | null }>): Promise<void> {
    const secret = await read().then(
      (answer) => answer.secret,
      () => null,
    );
    if (typeof secret === 'string') {
      this.secrets.add(secret);
    }
  }

  /** The secret of the key that was made last, straight from the answer. */
  async lastSecret(): Promise<string> {
    await expect.poll(() => this.secrets.size).toBeGreaterThan(0);
    return [...this.secrets].at(-1) ?? '';
  }

  /** For a test that breaks the rules on purpose: what it was told for it counts as said. */
  expectFaults(pattern: RegExp): void {
    this.allowed = pattern;
  }

  async check(): Promise<void> {
    await Promise.all(this.readings);
    const faults = this.faults.filter((fault) => this.allowed?.test(fault) !== true);
    expect(faults, 'policy violations and errors in the pages').toEqual([]);
    const kept = (await Promise.all(this.context.pages().map(browserKeeps))).join('\n');
    const sent = this.requests.map(({ url, body }) => `${url}\n${body}`).join('\n');
    for (const secret of this.secrets) {
      const part = secret.slice(-40);
      expect(sent.includes(part), 'a secret was sent').toBe(false);
      expect(kept.includes(part), 'a secret is kept by the browser').toBe(false);
      expect(this.said.join('\n').includes(part), 'a secret is in the console').toBe(false);
    }
  }
}

/** What a script, an extension or the next visitor could find: addresses, history, storage, cookies. */
async function browserKeeps(page: Page): Promise<string> {
  if (page.url() === 'about:blank') {
    return '';
  }
  return page.evaluate(async () => {
    const stores = [window.localStorage, window.sessionStorage].map((store) =>
      JSON.stringify(Object.entries(store)),
    );
    const databases = await window.indexedDB.databases();
    const caches = 'caches' in window ? await window.caches.keys() : [];
    const entries = performance.getEntries().map((entry) => entry.name);
    return JSON.stringify([
      window.location.href,
      document.title,
      document.cookie,
      window.history.state,
      stores,
      databases,
      caches,
      entries,
    ]);
  });
}
