import { expect, test } from 'vitest';
import { nameProblem } from '@/features/keys/keyName.ts';
import { PRODUCT } from '@/test/samples.ts';

const RULE = PRODUCT.key.name;

test.each(['laptop/cursor', 'a', 'Z9 – ünï'])('MECHA-2 “%s” is a name', (name) => {
  expect(nameProblem(RULE, name)).toBeNull();
});

test.each(['1st', '/cli', 'ärger', ' a'])('MECHA-2 “%s” is refused with the hint', (name) => {
  expect(nameProblem(RULE, name)).toBe('A name begins with a letter');
});

test('a name that is optional may be left out, one that is required may not', () => {
  expect(nameProblem({ mode: 'optional', pattern: null, hint: null }, '')).toBeNull();
  expect(nameProblem({ mode: 'required', pattern: null, hint: null }, '')).toBe('Give it a name');
});

test('length and control characters', () => {
  expect(nameProblem(RULE, 'a'.repeat(101))).toBe('At most 100 characters');
  expect(nameProblem(RULE, 'a\u0007')).toBe('A name has no control characters');
});

test('a pattern that this browser does not know is left to the server', () => {
  expect(nameProblem({ mode: 'required', pattern: '(?x)a', hint: null }, 'b')).toBeNull();
});
