import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from '../fixtures.ts';
import { VIEWS } from '../support/views.ts';

const shots = join(import.meta.dirname, '../../test-results/shots');

interface Mode {
  name: string;
  width: number;
  height: number;
  scheme: 'light' | 'dark';
  direction?: 'rtl';
  /** Browsers zoom by giving a page fewer and larger pixels. */
  zoom?: number;
}

const MODES: Mode[] = [
  { name: 'light-1280', width: 1280, height: 800, scheme: 'light' },
  { name: 'dark-1280', width: 1280, height: 800, scheme: 'dark' },
  { name: 'light-360', width: 360, height: 740, scheme: 'light' },
  { name: 'dark-360', width: 360, height: 740, scheme: 'dark' },
  { name: 'rtl-1280', width: 1280, height: 800, scheme: 'light', direction: 'rtl' },
  { name: 'zoom-200', width: 640, height: 400, scheme: 'light', zoom: 2 },
];

test.use({ trace: 'off' });

/** Pictures of all that there is, in every mode, for people to look at: test-results/shots. */
for (const mode of MODES) {
  test.describe(mode.name, () => {
    test.use({
      colorScheme: mode.scheme,
      viewport: { width: mode.width, height: mode.height },
      deviceScaleFactor: mode.zoom ?? 1,
    });
    for (const view of VIEWS) {
      test(view.name, async ({ page, operator, enter, server }) => {
        test.setTimeout(120_000);
        const folder = join(shots, mode.name);
        mkdirSync(folder, { recursive: true });
        if (mode.direction !== undefined) {
          await page.addInitScript((direction) => {
            window.localStorage.setItem('keyway-direction', direction);
          }, mode.direction);
        }
        await view.visit({
          page,
          operator,
          enter,
          server,
          stop: async (what) => {
            const path = join(folder, `${what}.png`);
            await page.screenshot({ path, fullPage: true, animations: 'disabled' });
          },
        });
      });
    }
  });
}
