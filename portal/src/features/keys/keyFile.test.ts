import { expect, test } from 'vitest';
import { keyFileName, keyFileText } from '@/features/keys/keyFile.ts';
import { CREATED, KEY, PRODUCT, productWith, SECRET } from '@/test/samples.ts';

test('MEKO-2 the file holds all that is needed later', () => {
  const text = keyFileText(CREATED, PRODUCT, 'https://keys.test');
  expect(text).toContain(`API key:     ${SECRET}`);
  expect(text).toContain(`Key ID:      ${KEY.id}`);
  expect(text).toContain('Endpoint:    https://gateway.test/acme/mcp');
  expect(text).toContain('Expires:     2027-10-01T08:00:00Z');
  expect(text).toContain(`Revoke:      https://keys.test/keys/${KEY.id}`);
  expect(text.split('\r\n')[0]).toMatch(/Whoever has this file/);
});

test('MECHA-4 the pair is called Key ID and Key Secret', () => {
  const text = keyFileText(CREATED, productWith({ show: 'id' }), 'https://keys.test');
  expect(text).toMatch(/Key Secret: +acme_/);
});

test('LAKE-3 the endpoint is the one that carries the key', () => {
  const endpoint_url = `https://gateway.test/acme/mcp/v1?apikey=${SECRET}`;
  expect(keyFileText({ ...CREATED, endpoint_url }, PRODUCT, '')).toContain(endpoint_url);
});

test.each([
  ['laptop/cursor', 'acme-laptop-cursor-2026-10-01.txt'],
  ['../../etc/passwd', 'acme-etc-passwd-2026-10-01.txt'],
  ['日本', 'acme-key-2026-10-01.txt'],
])('“%s” is saved as %s', (name, file) => {
  expect(keyFileName({ ...CREATED, key: { ...KEY, name } }, PRODUCT)).toBe(file);
});
