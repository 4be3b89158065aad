import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';
import { barAfter, UsageChart } from '@/features/usage/UsageChart.tsx';
import { UsageTable } from '@/features/usage/UsageTable.tsx';
import { barWords, seriesOf } from '@/features/usage/usageSeries.ts';
import { render } from '@/test/render.tsx';
import { usageOf } from '@/test/usageSamples.ts';

const SERIES = seriesOf(
  usageOf([
    { requests: 5, refusals: { expired: 1 } },
    { requests: 1_000_000 },
    { refusals: { rate_limited: 4, expired: 2 } },
  ]),
);

const said = () => screen.getByRole('status').textContent?.trim();

test('one stop of Tab, then arrows go from bar to bar, and each is read out', async () => {
  const user = userEvent.setup();
  render(<UsageChart series={SERIES} label="Requests" />);
  await user.tab();
  expect(screen.getByRole('application', { name: 'Requests' })).toHaveFocus();
  expect(said()).toBe('');
  const words = SERIES.bars.map((bar) => barWords(bar, SERIES));
  await user.keyboard('{ArrowLeft}');
  expect(said()).toBe(words[2]);
  await user.keyboard('{ArrowLeft}');
  expect(said()).toBe(words[1]);
  await user.keyboard('{Home}');
  expect(said()).toBe(words[0]);
  await user.keyboard('{ArrowLeft}');
  expect(said()).toBe(words[0]);
  await user.keyboard('{End}');
  expect(said()).toBe(words[2]);
  expect(screen.getByText('November 22, 2026')).toBeInTheDocument();
  await user.keyboard('{Escape}');
  expect(screen.queryByText('November 22, 2026')).not.toBeInTheDocument();
});

test.each([
  ['ArrowRight', 3, 4],
  ['ArrowRight', 29, 29],
  ['ArrowRight', null, 29],
  ['PageUp', 3, 0],
  ['PageDown', 3, 10],
  ['Home', 20, 0],
  ['End', null, 29],
  ['Enter', 3, null],
  ['a', null, null],
])('%s from %s of 30 leads to %s', (key, from, to) => {
  expect(barAfter(key, from, 30)).toBe(to);
});

test('without bars no key leads anywhere', () => {
  expect(barAfter('End', null, 0)).toBeNull();
});

test('every count is drawn, those beside a huge one too, and nothing is drawn for none', () => {
  const { container } = render(<UsageChart series={SERIES} label="Requests" />);
  const heights = (part: string) =>
    [...container.querySelectorAll(`[data-part="${part}"]`)].map((bar) =>
      Number(bar.getAttribute('height')),
    );
  expect(heights('accepted')).toHaveLength(2);
  expect(heights('refused')).toHaveLength(3);
  expect(Math.min(...heights('accepted'), ...heights('refused'))).toBeGreaterThanOrEqual(2);
});

test('the table tells what the chart draws', () => {
  render(<UsageTable series={SERIES} caption="Requests in the last 3 days" />);
  const table = screen.getByRole('table', { name: 'Requests in the last 3 days' });
  const head = within(table).getAllByRole('columnheader');
  expect(head.map((cell) => cell.textContent)).toEqual([
    'Day (UTC)',
    'Accepted',
    'Refused: over the limit',
    'Refused: expired',
  ]);
  const rows = within(table).getAllByRole('row').slice(1).reverse();
  const numbers = rows.map((row) =>
    within(row)
      .getAllByRole('cell')
      .map((cell) => Number(cell.textContent?.replaceAll(',', ''))),
  );
  expect(numbers).toEqual(SERIES.bars.map((bar) => [bar.accepted, ...bar.byGroup]));
  expect(within(table).getAllByRole('rowheader')).toHaveLength(3);
});
