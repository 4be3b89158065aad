import { expect, test } from 'vitest';
import { barAt, barsWithin, heightOf, labelled, niceTicks } from '@/features/usage/chartScale.ts';

test.each([
  [0, [0, 1]],
  [1, [0, 1]],
  [3, [0, 1, 2, 3]],
  [7, [0, 2, 4, 6, 8]],
  [10, [0, 5, 10]],
  [42, [0, 20, 40, 60]],
  [100, [0, 50, 100]],
  [1234, [0, 500, 1000, 1500]],
  [1_000_000, [0, 500_000, 1_000_000]],
])('the axis for at most %i has the marks %j', (max, ticks) => {
  expect(niceTicks(max)).toEqual(ticks);
});

test('marks are whole, evenly apart, few, and reach beyond every count', () => {
  for (let max = 1; max < 20_000; max += 37) {
    const ticks = niceTicks(max);
    const step = (ticks[1] ?? 0) - (ticks[0] ?? 0);
    expect(ticks.length).toBeLessThanOrEqual(6);
    expect(ticks.at(-1)).toBeGreaterThanOrEqual(max);
    expect((ticks.at(-1) ?? 0) - step).toBeLessThan(max);
    expect(ticks.every((tick, index) => tick === index * step)).toBe(true);
  }
});

test('nothing has no height; one request beside a million can still be seen', () => {
  expect(heightOf(0, 1_000_000, 200)).toBe(0);
  expect(heightOf(1, 1_000_000, 200)).toBe(2);
  expect(heightOf(1_000_000, 1_000_000, 200)).toBe(200);
  expect(heightOf(50, 100, 200)).toBe(100);
});

test.each([1, 7, 24, 30, 90])('%i bars stand within their width and do not touch', (count) => {
  for (const width of [250, 1000]) {
    const bars = barsWithin(count, width);
    expect(bars.begin(0)).toBeGreaterThanOrEqual(0);
    expect(bars.begin(count - 1) + bars.width).toBeLessThanOrEqual(width + 1e-9);
    expect(bars.begin(1) - bars.begin(0)).toBeGreaterThan(bars.width);
    expect(bars.width).toBeGreaterThan(1.5);
    expect(bars.width).toBeLessThanOrEqual(28);
  }
});

test('a place within the plot belongs to a bar, one beside it to the nearest', () => {
  expect(barAt(0, 10, 100)).toBe(0);
  expect(barAt(99.9, 10, 100)).toBe(9);
  expect(barAt(55, 10, 100)).toBe(5);
  expect(barAt(-30, 10, 100)).toBe(0);
  expect(barAt(300, 10, 100)).toBe(9);
});

test('labels have their room, and the newest step always has one', () => {
  expect(labelled(30, 300, 72)).toEqual([5, 13, 21, 29]);
  expect(labelled(7, 1000, 72)).toEqual([0, 1, 2, 3, 4, 5, 6]);
  expect(labelled(90, 10, 72)).toEqual([89]);
});
