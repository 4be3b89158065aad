import type { CDPSession } from '@playwright/test';
import { expect, test } from './fixtures.ts';

// A trace would keep the page's texts in the page.
test.use({ trace: 'off' });

const NAME = 'canary/bird';

interface Way {
  product: 'meko' | 'mecha' | 'memo' | 'memorylake';
  create: string;
  /** How the dialog comes to its end. */
  end: 'saved' | 'closed anyway' | 'left by Back';
}

const WAYS: Way[] = [
  { product: 'meko', create: 'Generate API key', end: 'saved' },
  { product: 'mecha', create: 'Generate Key', end: 'closed anyway' },
  { product: 'memo', create: 'Create key', end: 'left by Back' },
  { product: 'memorylake', create: 'Add MCP Server', end: 'saved' },
];

for (const { product, create, end } of WAYS) {
  test(`ALL-1 nothing in the browser holds a ${product} secret once its dialog is ${end}: not the page, its heap, its storage or its address`, async ({
    page,
    context,
    keys,
    guard,
    clipboard,
    operator,
    enter,
  }) => {
    const person =
      product === 'memo' ? (await operator.workspace()).owner : await operator.person(product);
    const isLake = product === 'memorylake';
    const project = isLake ? await operator.resource(person, 'project', 'Aviary') : '';
    // By a link within the portal, so that going back is a matter of the portal's.
    await enter(person, isLake ? `/resources/${project}/keys` : '/account');
    if (!isLake) {
      await page.getByRole('link', { name: /^API (K|&)/ }).click();
    }
    await keys.begin(create, isLake ? { description: NAME } : { name: NAME });
    await keys.generate();
    const secret = await guard.lastSecret();
    const part = secret.slice(-40);
    const devtools = await context.newCDPSession(page);
    // The search finds what is there: without this the emptiness below would prove nothing.
    expect(await heapHolds(devtools, part)).toBe(true);

    await keys.inDialog(/^Show the key/).click();
    await keys.inDialog('Put it into a client').click();
    if (end === 'saved') {
      const copy = keys.inDialog('Copy key');
      await copy.click();
      await expect(copy).toHaveAttribute('data-outcome', 'copied');
      await keys.download();
      await keys.inDialog('I have saved it').click();
    } else {
      await (end === 'left by Back' ? page.goBack() : keys.inDialog('Close').first().click());
      await keys.inDialog('Close anyway').click();
    }
    await expect(keys.dialog).toBeHidden();
    await expect(keys.row(NAME)).toBeVisible();
    await clipboard.empty();

    const html = await page.evaluate(() => document.documentElement.outerHTML);
    expect(html.includes(part)).toBe(false);
    // A file that was saved is held until the browser has read it.
    await expect(async () => {
      expect(await heapHolds(devtools, part)).toBe(false);
    }).toPass({ timeout: 20_000, intervals: [500, 1000, 2000] });
  });
}

/** Whether the text is anywhere among the page's living objects. It is not told to the page. */
async function heapHolds(devtools: CDPSession, text: string): Promise<boolean> {
  const parts: string[] = [];
  const take = ({ chunk }: { chunk: string }) => parts.push(chunk);
  devtools.on('HeapProfiler.addHeapSnapshotChunk', take);
  await devtools.send('HeapProfiler.enable');
  await devtools.send('HeapProfiler.collectGarbage');
  await devtools.send('HeapProfiler.takeHeapSnapshot', { reportProgress: false });
  devtools.off('HeapProfiler.addHeapSnapshotChunk', take);
  const snapshot = parts.join('');
  expect(snapshot).toContain('canary/bird');
  return snapshot.includes(text);
}
