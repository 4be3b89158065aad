import { expect, test } from 'vitest';
import { groupKeys } from '@/features/members/workspaceKeys.ts';
import { ANA, BEN } from '@/test/members.ts';
import { KEY } from '@/test/samples.ts';

test('MEMO-7 each key stands under the member who made it, apart from those that ended', () => {
  const mine = { ...KEY, id: 'key_1', created_by: ANA.account };
  const gone = { ...KEY, id: 'key_2', created_by: ANA.account, status: 'revoked' as const };
  const bens = { ...KEY, id: 'key_3', created_by: BEN.account };
  const grouped = groupKeys([ANA, BEN], [mine, bens, gone]);
  expect(grouped.of(ANA)).toEqual({ active: [mine], ended: [gone] });
  expect(grouped.of(BEN)).toEqual({ active: [bens], ended: [] });
  expect(grouped.former).toEqual({ active: [], ended: [] });
});

test('MEMO-8 keys of people who have left stand in a group of their own', () => {
  const left = { ...KEY, created_by: 'acc_left', status: 'deactivated' as const };
  expect(groupKeys([ANA], [left]).former).toEqual({ active: [], ended: [left] });
});
