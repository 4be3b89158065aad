import { expect, test } from 'vitest';
import { searchText } from '@/features/keys/pastedKey.ts';
import { SECRET } from '@/test/samples.ts';

const ID = 'key_a1B2c3D4e5F6';

test.each([
  ['a whole key', SECRET],
  ['a key with blanks around it', `  ${SECRET}\n`],
  ['a header', `Authorization: Bearer ${SECRET}`],
  ['an address', `https://host/mcp/v1?apikey=${SECRET}`],
  ['a key cut off in its secret', SECRET.slice(0, 30)],
  ['id and secret as a pair', `${ID}:${SECRET}`],
])('%s becomes the public id', (_, pasted) => {
  expect(searchText(pasted, 'acme_')).toEqual({ kind: 'key', text: ID });
});

test.each([
  ['a secret without its beginning', SECRET.slice(20)],
  ['another product’s key', `other_${'a'.repeat(61)}`],
  ['a long token', 'eyJhbGciOiJFZERTQSJ9eyJzdWIiOiJhIn0'],
])('%s is not sent at all', (_, pasted) => {
  expect(searchText(pasted, 'acme_')).toEqual({ kind: 'secret' });
});

test.each([
  'laptop/cursor',
  'Ünïcode name',
  ID,
  'acme_',
  'acme_a1B2',
  '',
])('“%s” is searched for as it is', (typed) => {
  expect(searchText(typed, 'acme_')).toEqual({ kind: 'text', text: typed });
});
