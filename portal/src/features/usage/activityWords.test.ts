import { expect, test } from 'vitest';
import type { AuditEvent } from '@/api/types.ts';
import { activityWords } from '@/features/usage/activityWords.ts';
import { refusalWords } from '@/features/usage/refusalWords.ts';

const CAST = { self: 'acc_me', key: 'key_1', names: new Map([['acc_bo', 'Bo']]) };
const ana = { kind: 'account', id: 'acc_ana', name: 'Ana' } as const;
const nobody = { kind: 'account', id: 'acc_gone', name: null } as const;

function event(change: Partial<AuditEvent>): AuditEvent {
  return {
    id: 'aud_1',
    at: '2026-11-22T10:00:00Z',
    action: 'key.create',
    outcome: 'done',
    actor: ana,
    address: '192.0.2.1',
    request_id: 'req_1',
    ...change,
  };
}

test.each<[Partial<AuditEvent>, string]>([
  [{}, 'Created by Ana'],
  [{ actor: { ...ana, id: 'acc_me' } }, 'Created by you'],
  [{ action: 'key.update' }, 'Changed by Ana'],
  [{ action: 'key.revoke' }, 'Revoked by Ana'],
  [{ action: 'key.revoke', actor: nobody }, 'Revoked by a former member'],
  [{ action: 'key.revoke', actor: { ...nobody, id: 'acc_bo' } }, 'Revoked by Bo'],
  [{ actor: { kind: 'operator', id: 'op_1', name: 'billing' } }, 'Created by the operator billing'],
  [{ actor: { kind: 'operator', id: 'op_1', name: null } }, 'Created by an operator'],
  [{ actor: { kind: 'key', id: 'key_2', name: null } }, 'Created by the key key_2'],
  [
    { action: 'key.revoke', actor: { kind: 'key', id: 'key_1', name: null } },
    'Revoked by the key itself',
  ],
  [
    { action: 'key.revoke', actor: { kind: 'system', id: '', name: null } },
    'Revoked by the system',
  ],
  [{ action: 'key.paint' }, '“key.paint” by Ana'],
  [
    { action: 'key.update', outcome: 'refused', reason: 'invalid_expiry' },
    'Refused: Ana tried to change it: the expiry was not allowed',
  ],
  [
    { action: 'key.revoke', outcome: 'refused', reason: 'some_new_code' },
    'Refused: Ana tried to revoke it: some new code',
  ],
  [
    { action: 'key.get', outcome: 'refused', reason: 'and 12 more' },
    '12 more calls by Ana were refused',
  ],
])('%j is told as %s', (change, text) => {
  expect(activityWords(event(change), CAST).text).toBe(text);
});

test('the reason somebody gave is quoted; the code of a refusal is not', () => {
  const given = activityWords(event({ action: 'key.revoke', reason: 'laptop lost' }), CAST);
  expect([given.quote, given.isRefusal]).toEqual(['laptop lost', false]);
  const refused = activityWords(event({ outcome: 'refused', reason: 'forbidden' }), CAST);
  expect([refused.quote, refused.isRefusal]).toEqual([null, true]);
});

test.each([
  'expired',
  'revoked',
  'deactivated',
  'rate_limited',
  'plan_required',
  'out_of_scope',
  'key_in_query',
  'place_not_accepted',
  'several_credentials',
  'wrong_product',
])('for the reason %s there is something to do', (reason) => {
  expect(refusalWords(reason).advice).not.toBe(refusalWords('never_heard_of').advice);
});

test('a reason that is not known is shown as it stands', () => {
  expect(refusalWords('never_heard_of').title).toBe('Never heard of');
});
