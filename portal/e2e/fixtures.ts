import { test as base, type Page } from '@playwright/test';
import { Clipboard } from './support/clipboard.ts';
import { Guard } from './support/guard.ts';
import { KeysOnPage } from './support/keysOnPage.ts';
import { Operator, type Person } from './support/operator.ts';
import { type Server, startServer } from './support/server.ts';

export { expect } from '@playwright/test';

interface Fixtures {
  guard: Guard;
  operator: Operator;
  keys: KeysOnPage;
  clipboard: Clipboard;
  /** Signs in without the form, as if it had been filled in before, and opens a page. */
  enter: (person: Person, path?: string) => Promise<Page>;
}

/**
 * Tests of the portal: the program runs once for each worker, people and keys are each test's own,
 * and what {@link Guard} says must hold of every test.
 */
export const test = base.extend<Fixtures, { server: Server }>({
  server: [
    // biome-ignore lint/correctness/noEmptyPattern: the runner reads which fixtures it names
    async ({}, use) => {
      const server = await startServer();
      await use(server);
      await server.stop();
    },
    { scope: 'worker', timeout: 90_000 },
  ],
  baseURL: async ({ server }, use) => use(server.control),
  operator: async ({ server }, use) => use(new Operator(server)),
  guard: [
    async ({ context }, use) => {
      const guard = new Guard(context);
      await guard.begin();
      await use(guard);
      await guard.check();
    },
    { auto: true },
  ],
  clipboard: async ({ context, page }, use) => use(await Clipboard.of(context, page)),
  keys: async ({ page }, use) => use(new KeysOnPage(page)),
  enter: async ({ page, context, server }, use) =>
    use(async (person, path = '/') => {
      const [name, value] = await signIn(server, person);
      await context.addCookies([{ name, value, url: server.control, httpOnly: true }]);
      await page.goto(path);
      return page;
    }),
});

async function signIn(server: Server, person: Person): Promise<[name: string, value: string]> {
  const { email, password, product } = person;
  const response = await fetch(`${server.control}/v1/sessions`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ email, password, product }),
  });
  const cookie = /^([^=]+)=([^;]+)/.exec(response.headers.getSetCookie()[0] ?? '');
  if (cookie === null) {
    throw new Error(`no session: ${response.status} ${await response.text()}`);
  }
  return [cookie[1] ?? '', cookie[2] ?? ''];
}
