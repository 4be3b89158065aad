import { expect, test } from './fixtures.ts';
import { Inspector } from './support/inspector.ts';
import { VIEWS } from './support/views.ts';

for (const scheme of ['light', 'dark'] as const) {
  for (const width of [1280, 360]) {
    test.describe(`${scheme}, ${width} px`, () => {
      test.use({ colorScheme: scheme, viewport: { width, height: 800 } });
      for (const view of VIEWS) {
        test(`axe finds nothing serious: ${view.name}`, async ({
          page,
          operator,
          enter,
          server,
        }) => {
          const inspector = new Inspector(page);
          await view.visit({
            page,
            operator,
            enter,
            server,
            stop: (what) => inspector.inspect(what),
          });
          expect(inspector.stops).toBeGreaterThan(0);
        });
      }
    });
  }
}
