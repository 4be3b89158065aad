import { expect, test } from 'vitest';
import { relative, spanWords } from '@/lib/time.ts';

const NOW = new Date('2026-11-22T12:00:00Z');

test.each([
  ['2026-11-22T12:00:20Z', 'in less than a minute'],
  ['2026-11-22T11:59:30Z', 'just now'],
  ['2026-11-22T11:15:00Z', '45 minutes ago'],
  ['2026-11-21T11:00:00Z', 'yesterday'],
  ['2027-01-21T12:00:00Z', 'in 2 months'],
  ['2024-11-01T12:00:00Z', '2 years ago'],
])('%s is %s', (at, words) => {
  expect(relative(new Date(at), NOW, 'en')).toBe(words);
});

test('spans in words', () => {
  expect(['1d', '30d', 'never'].map(spanWords)).toEqual(['1 day', '30 days', 'No expiry']);
});
