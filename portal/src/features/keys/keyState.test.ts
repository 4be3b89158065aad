import { expect, test } from 'vitest';
import { stateOf, titleOf, useHintOf } from '@/features/keys/keyState.ts';
import { KEY } from '@/test/samples.ts';

const NOW = new Date('2026-11-22T12:00:00Z');

test('expires soon is the last tenth of its life, and a week at most', () => {
  const created_at = '2026-11-01T00:00:00Z';
  const state = (expires_at: string) => stateOf({ ...KEY, created_at, expires_at }, NOW);
  expect(state('2026-11-24T00:00:00Z')).toBe('expiring');
  expect(state('2026-11-25T00:00:00Z')).toBe('active');
  expect(stateOf({ ...KEY, expires_at: '2026-11-30T00:00:00Z' }, NOW)).toBe('active');
  expect(
    stateOf(
      { ...KEY, created_at: '2025-11-29T00:00:00Z', expires_at: '2026-11-29T00:00:00Z' },
      NOW,
    ),
  ).toBe('expiring');
});

test('a key whose time passed while the page was open is expired', () => {
  expect(stateOf({ ...KEY, expires_at: '2026-11-22T11:59:59Z' }, NOW)).toBe('expired');
});

test('what the server says comes first', () => {
  expect(stateOf({ ...KEY, status: 'revoked', expires_at: null }, NOW)).toBe('revoked');
  expect(stateOf({ ...KEY, status: 'deactivated' }, NOW)).toBe('deactivated');
});

test.each([
  [null, '2026-11-20T00:00:00Z', null],
  [null, '2026-11-01T00:00:00Z', 'never used'],
  ['2026-11-20T00:00:00Z', '2026-01-01T00:00:00Z', null],
  ['2026-10-20T00:00:00Z', '2026-01-01T00:00:00Z', 'idle 30 days'],
  ['2026-08-20T00:00:00Z', '2026-01-01T00:00:00Z', 'idle 90 days'],
] as const)('last used %s, created %s: %s', (last_used_at, created_at, hint) => {
  expect(useHintOf({ ...KEY, last_used_at, created_at }, NOW)).toBe(hint);
});

test('a key without a name is called by what else there is', () => {
  expect(titleOf({ ...KEY, name: null })).toBe('Reads notes');
  expect(titleOf({ ...KEY, name: null, description: null })).toBe('…x9Qa');
  expect(titleOf({ ...KEY, name: null, description: null, hint: null })).toBe(KEY.id);
});
