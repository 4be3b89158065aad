import AxeBuilder from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';

const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

/** Holds pages against WCAG 2.2 AA as far as a program can, and against the width they are shown at. */
export class Inspector {
  stops = 0;

  constructor(private readonly page: Page) {}

  async inspect(what: string): Promise<void> {
    this.stops++;
    const { violations } = await new AxeBuilder({ page: this.page }).withTags(RULES).analyze();
    const grave = violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.target.join(' ')).join(' | ')}`);
    expect(grave, `${what}: accessibility`).toEqual([]);
    const overflow = await this.page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    expect(overflow, `${what}: scrolls sideways`).toBeLessThanOrEqual(0);
  }
}
