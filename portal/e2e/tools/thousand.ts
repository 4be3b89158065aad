import { expect, test } from '../fixtures.ts';

const KEYS = 1000;

/** Measures a list of a thousand keys: how long it takes to stand, and what scrolling it costs. */
test('a list of a thousand keys', async ({ page, operator, enter }) => {
  test.setTimeout(300_000);
  const workspace = await operator.workspace();
  for (let made = 0; made < KEYS; made += 20) {
    const names = Array.from({ length: 20 }, (_, n) => `machine-${made + n}/client`);
    await Promise.all(
      names.map((name) => operator.key(workspace.owner, { workspace: workspace.id, name })),
    );
  }
  await page.addInitScript(() => {
    const tasks: number[] = [];
    Object.assign(window, { tasks });
    new PerformanceObserver((list) => {
      tasks.push(...list.getEntries().map((entry) => entry.duration));
    }).observe({ type: 'longtask', buffered: true });
  });
  await enter(workspace.owner, '/keys');
  const rows = page.getByRole('row');
  const more = page.getByRole('button', { name: 'Show more' });
  for (let shown = 50; shown < KEYS; shown += 50) {
    await expect(page.locator('tbody tr')).toHaveCount(shown);
    await more.click();
  }
  await expect(rows).toHaveCount(KEYS + 1);
  const measured = await page.evaluate(async () => {
    const { tasks } = window as unknown as { tasks: number[] };
    const loading = tasks.splice(0);
    const frames: number[] = [];
    const bottom = document.documentElement.scrollHeight;
    let last = performance.now();
    for (let top = 0; top < bottom; top += 400) {
      window.scrollTo(0, top);
      await new Promise((done) => requestAnimationFrame(done));
      frames.push(performance.now() - last);
      last = performance.now();
    }
    frames.sort((a, b) => a - b);
    const at = (part: number) => Math.round(frames[Math.floor(frames.length * part)] ?? 0);
    return {
      longTasksWhileLoading: loading.map(Math.round),
      longTasksWhileScrolling: tasks.map(Math.round),
      frames: frames.length,
      frameMillis: { median: at(0.5), p95: at(0.95), longest: Math.round(frames.at(-1) ?? 0) },
      elements: document.querySelectorAll('*').length,
    };
  });
  process.stdout.write(`${JSON.stringify(measured, null, 2)}\n`);
});
