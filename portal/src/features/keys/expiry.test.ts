import { expect, test } from 'vitest';
import { allowedChoice, endOf, expiryChoices, expiryFields } from '@/features/keys/expiry.ts';
import { PRODUCT } from '@/test/samples.ts';

const NOW = new Date('2026-11-22T12:00:00Z');
const CHOICES = PRODUCT.key.expiry;

test('MECHA-3 the six lifetimes, and a date that is not offered with the reason', () => {
  const choices = expiryChoices(CHOICES, 'Acme');
  expect(choices.filter((one) => one.blocked === undefined).map((one) => one.label)).toEqual([
    '7 days',
    '30 days',
    '90 days',
    '180 days',
    '365 days',
    'No expiry',
  ]);
  expect(choices.find((one) => one.value === 'date')?.blocked).toBe('Not offered by Acme');
});

test('what a policy leaves out is shown, and cannot be taken', () => {
  const choices = expiryChoices({ mode: 'choices', after: null, choices: ['7d', '30d'] }, 'Acme');
  const blocked = choices.filter((one) => one.blocked !== undefined).map((one) => one.value);
  expect(blocked).toEqual(['90d', '180d', '365d', 'date', 'never']);
});

test('ALL-2 the first choice is the shortest sensible one', () => {
  expect(allowedChoice(CHOICES)).toBe('90d');
  expect(allowedChoice({ ...CHOICES, choices: ['7d', '30d'] })).toBe('7d');
  expect(allowedChoice(CHOICES, '30d')).toBe('30d');
  expect(allowedChoice(CHOICES, '31d')).toBe('90d');
});

test('the resulting date', () => {
  expect(endOf('7d', '', NOW)?.toISOString()).toBe('2026-11-29T12:00:00.000Z');
  expect(endOf('never', '', NOW)).toBeNull();
  expect(endOf('date', '', NOW)).toBeNull();
  expect(endOf('date', '2027-01-31', NOW)).toEqual(new Date(2027, 0, 31, 23, 59, 59, 999));
});

test('MEKO-6 nothing is sent where the product fixes the expiry', () => {
  expect(expiryFields({ mode: 'fixed', after: '365d', choices: [] }, '90d', '')).toEqual({});
  expect(expiryFields(CHOICES, 'never', '')).toEqual({ expires_in: 'never' });
  expect(expiryFields({ ...CHOICES, mode: 'optional' }, 'date', '2027-01-31')).toEqual({
    expires_at: new Date(2027, 0, 31, 23, 59, 59, 999).toISOString(),
  });
});
