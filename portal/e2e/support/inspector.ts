import AxeBuilder from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

const LOOKS = [
  { colorScheme: 'light', width: 1280 },
  { colorScheme: 'dark', width: 1280 },
  { colorScheme: 'dark', width: 360 },
  { colorScheme: 'light', width: 360 },
] as const;

/** What another theme at a width that was looked at can change. */
const THEME_RULES = ['color-contrast', 'link-in-text-block'];

/** Holds pages against WCAG 2.2 AA as far as a program can, and against the width they have. */
export class Inspector {
  stops = 0;

  constructor(private readonly page: Page) {}

  /** Looks at what is there in every theme and width, and leaves it as it was. */
  async inspect(what: string): Promise<void> {
    this.stops++;
    const widths = new Set<number>();
    for (const look of LOOKS) {
      await this.show(look);
      await this.settle();
      const name = `${what}, ${look.colorScheme}, ${look.width} px`;
      await this.holdToRules(name, widths.has(look.width) ? THEME_RULES : null);
      await this.holdToWidth(name);
      widths.add(look.width);
    }
    await this.show(LOOKS[0]);
  }

  private async show({ colorScheme, width }: (typeof LOOKS)[number]): Promise<void> {
    await this.page.emulateMedia({ colorScheme });
    await this.page.setViewportSize({ width, height: 800 });
    await expect(this.page.locator('html')).toHaveAttribute(
      'data-mantine-color-scheme',
      colorScheme,
    );
  }

  /** A dialog that is half faded in has half its contrast. What turns without end is no change. */
  private async settle(): Promise<void> {
    await this.page.waitForFunction(() => {
      const changing = document
        .getAnimations()
        .filter(({ playState }) => playState === 'running')
        .filter(({ effect }) => effect?.getComputedTiming().endTime !== Number.POSITIVE_INFINITY);
      const fading = [...document.querySelectorAll('[style*="transition"]')].filter(
        (element) => window.getComputedStyle(element).opacity !== '1',
      );
      return changing.length === 0 && fading.length === 0;
    });
  }

  private async holdToRules(what: string, rules: string[] | null): Promise<void> {
    const axe = new AxeBuilder({ page: this.page });
    const { violations } = await (rules === null
      ? axe.withTags(TAGS)
      : axe.withRules(rules)
    ).analyze();
    const grave = violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.target.join(' ')).join(' | ')}`);
    expect.soft(grave, `${what}: accessibility`).toEqual([]);
  }

  private async holdToWidth(what: string): Promise<void> {
    const overflow = await this.page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    expect.soft(overflow, `${what}: scrolls sideways`).toBeLessThanOrEqual(0);
  }
}
