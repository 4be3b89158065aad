import type { Account, Me, Member, Role, Workspace } from '@/api/types.ts';
import { productWith } from '@/test/samples.ts';

export const WORKSPACE: Workspace = {
  id: 'ws_1',
  product: 'acme',
  name: 'Field team',
  plan: 'pro',
  created_at: '2026-01-01T00:00:00Z',
};

export const ANA: Member = {
  account: 'acc_1',
  role: 'owner',
  name: 'Ana Alvarez',
  email: 'ana@acme.example',
  joined_at: '2026-01-01T00:00:00Z',
};

export const BEN: Member = {
  account: 'acc_2',
  role: 'member',
  name: 'Ben Okafor',
  email: 'ben@acme.example',
  joined_at: '2026-03-01T00:00:00Z',
};

const ACCOUNT: Account = {
  id: ANA.account,
  product: 'acme',
  email: ANA.email,
  name: ANA.name,
  external_id: null,
  status: 'active',
  created_at: '2026-01-01T00:00:00Z',
};

export function meAs(role: Role): Me {
  return {
    account: ACCOUNT,
    product: 'acme',
    workspaces: [{ id: WORKSPACE.id, role }],
    csrf_token: 'token',
  };
}

export const PLANNED = productWith(
  { scope: 'workspace' },
  {
    plans: [
      { plan: 'free', api: false },
      { plan: 'pro', api: true },
      { plan: 'expert', api: true },
    ],
  },
);

/** What a change answers that ends this many keys. */
export function revocationOf(keys: number) {
  return {
    revocation: {
      seq: 7,
      committed_at: '2026-11-22T10:00:00Z',
      effective_at: '2026-11-22T10:00:00Z',
      keys_affected: keys,
      nodes: { confirmed: 1, total: 1 },
    },
  };
}
