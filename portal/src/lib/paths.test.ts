import { expect, test } from 'vitest';
import { localPath } from '@/lib/paths.ts';

test.each([
  '/',
  '/keys',
  '/keys?status=active',
  '/keys/key_a#x',
])('%s is a path of ours', (path) => {
  expect(localPath(path)).toBe(path);
});

test.each([
  '//evil.example',
  '/\\evil.example',
  'https://evil.example',
  'javascript:alert(1)',
  'keys',
  '/a\\b',
  '/a b',
  '',
  undefined,
  7,
])('%s is none', (path) => {
  expect(localPath(path)).toBeNull();
});
