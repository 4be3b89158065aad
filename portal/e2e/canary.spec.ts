import type { CDPSession } from '@playwright/test';
import { expect, test } from './fixtures.ts';

// A trace would keep the page's texts in the page.
test.use({ trace: 'off' });

test('ALL-1 nothing in the browser holds the secret once its dialog is closed: not the page, its heap, its storage or its address', async ({
  page,
  context,
  keys,
  guard,
  clipboard,
  operator,
  enter,
}) => {
  const person = await operator.person('meko');
  await enter(person, '/keys');
  await keys.begin('Generate API key', { name: 'canary/bird' });
  await keys.generate();
  const secret = await guard.lastSecret();
  const part = secret.slice(-40);
  const devtools = await context.newCDPSession(page);
  // The search finds what is there: without this the emptiness below would prove nothing.
  expect(await heapHolds(devtools, part)).toBe(true);

  await keys.inDialog('Show the key').click();
  await keys.inDialog('Copy key').click();
  await expect(keys.inDialog('Copy key')).toHaveAttribute('data-outcome', 'copied');
  await keys.download();
  await keys.inDialog('I have saved it').click();
  await expect(keys.dialog).toBeHidden();
  await expect(keys.row('canary/bird')).toBeVisible();
  await clipboard.empty();

  const html = await page.evaluate(() => document.documentElement.outerHTML);
  expect(html.includes(part)).toBe(false);
  // A file that was saved is held until the browser has read it.
  await expect(async () => {
    expect(await heapHolds(devtools, part)).toBe(false);
  }).toPass({ timeout: 20_000, intervals: [500, 1000, 2000] });
});

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
