import { expect, test } from 'vitest';
import {
  earlierChoices,
  earlierEnd,
  earlierProblem,
  mayEndEarlier,
} from '@/features/keys/keyPageExpiry.ts';
import { KEY, PRODUCT, productWith } from '@/test/samples.ts';

const NOW = new Date('2026-11-22T12:00:00Z');
const endingAt = (expires_at: string | null) => ({ ...KEY, expires_at });

test('people may end earlier what is active, and not where the product fixes the life', () => {
  const fixed = productWith({ expiry: { mode: 'fixed', after: '365d', choices: [] } });
  expect(mayEndEarlier(PRODUCT, KEY)).toBe(true);
  expect(mayEndEarlier(fixed, KEY)).toBe(false);
  for (const status of ['revoked', 'expired', 'deactivated'] as const) {
    expect(mayEndEarlier(PRODUCT, { ...KEY, status })).toBe(false);
  }
});

test('only ends before the key’s own are offered', () => {
  const values = (expires: string | null) =>
    earlierChoices(endingAt(expires), NOW).map(({ value }) => value);
  expect(values(null)).toEqual(['1h', '1d', '7d', 'date']);
  expect(values('2026-11-24T00:00:00Z')).toEqual(['1h', '1d', 'date']);
  expect(values('2026-11-22T12:30:00Z')).toEqual(['date']);
});

test('a choice stands for an instant, a date for its last moment', () => {
  expect(earlierEnd('1h', '', NOW)?.toISOString()).toBe('2026-11-22T13:00:00.000Z');
  expect(earlierEnd('date', '', NOW)).toBeNull();
  const end = earlierEnd('date', '2026-12-01', NOW);
  expect([end?.getDate(), end?.getHours(), end?.getMinutes()]).toEqual([1, 23, 59]);
});

test.each([
  ['2026-11-23T00:00:00Z', '2026-12-01T00:00:00Z', null],
  ['2030-01-01T00:00:00Z', null, null],
  ['2026-11-22T12:00:00Z', null, /Pick a day ahead/],
  ['2026-12-01T00:00:00Z', '2026-12-01T00:00:00Z', /can only become earlier/],
  ['2026-12-02T00:00:00Z', '2026-12-01T00:00:00Z', /can only become earlier/],
  ['', null, /Pick the last day/],
])('from an end %s for a key that ends %s comes the problem %s', (end, own, problem) => {
  const found = earlierProblem(end === '' ? null : new Date(end), endingAt(own), NOW);
  if (problem === null) {
    expect(found).toBeNull();
  } else {
    expect(found).toMatch(problem);
  }
});
