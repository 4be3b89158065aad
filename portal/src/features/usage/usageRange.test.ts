import { expect, test } from 'vitest';
import { rangeQuery, readUsageSearch } from '@/features/usage/usageRange.ts';

const NOW = new Date('2026-11-22T13:45:10Z');

test.each([
  ['24h', '2026-11-21T14:00:00.000Z', 'hour'],
  ['7d', '2026-11-16T00:00:00.000Z', 'day'],
  ['30d', '2026-10-24T00:00:00.000Z', 'day'],
  ['90d', '2026-08-25T00:00:00.000Z', 'day'],
] as const)('%s begins at %s, and this %sis one of them', (range, from, step) => {
  expect(rangeQuery(range, NOW)).toEqual({ from, step });
});

test('an address names a range or none', () => {
  expect(readUsageSearch({ range: '7d' })).toEqual({ range: '7d' });
  expect(readUsageSearch({ range: '8d' })).toEqual({ range: undefined });
  expect(readUsageSearch({ range: 7 })).toEqual({ range: undefined });
});
