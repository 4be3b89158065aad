import { expect, test } from './fixtures.ts';
import { Inspector } from './support/inspector.ts';
import { VIEWS } from './support/views.ts';

for (const view of VIEWS) {
  test(`axe finds nothing serious, light and dark, 1280 and 360 px: ${view.name}`, async ({
    page,
    operator,
    enter,
    server,
  }) => {
    test.slow();
    const inspector = new Inspector(page);
    const stop = (what: string) => inspector.inspect(what);
    await view.visit({ page, operator, enter, server, stop });
    expect(inspector.stops).toBeGreaterThan(0);
  });
}
