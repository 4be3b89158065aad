import type { CreatedKey, Key, Product } from '@/api/types.ts';

export const KEY: Key = {
  id: 'key_a1B2c3D4e5F6',
  product: 'acme',
  name: 'laptop/cursor',
  description: 'Reads notes',
  status: 'active',
  scope: { kind: 'account', id: 'acc_1' },
  created_by: 'acc_1',
  created_by_key: null,
  created_at: '2026-10-01T08:00:00Z',
  expires_at: '2027-10-01T08:00:00Z',
  revoked_at: null,
  last_used_at: null,
  prefix: null,
  suffix: 'x9Qa',
  hint: '…x9Qa',
};

/** Not a key of anybody's: its check does not fit. */
export const SECRET = `acme_a1B2c3D4e5F6${'S'.repeat(43)}000000`;

export const CREATED: CreatedKey = { key: KEY, secret: SECRET, endpoint_url: null };

export const PRODUCT: Product = {
  product: 'acme',
  title: 'Acme',
  portal: {
    place: ['Settings', 'API Keys'],
    create: 'Generate Key',
    revoke: 'Revoke',
    resource: null,
    ended: 'listed',
  },
  key: {
    prefix: 'acme_',
    show: 'suffix',
    scope: 'account',
    name: { mode: 'required', pattern: '[A-Za-z][\\s\\S]*', hint: 'A name begins with a letter' },
    max_active: 10,
    expiry: {
      mode: 'choices',
      after: null,
      choices: ['7d', '30d', '90d', '180d', '365d', 'never'],
    },
  },
  carriers: ['bearer'],
  self_management: false,
  plans: [],
  limits: [],
  limit_headers: 'standard',
  counts: { verify: ['data'], management: ['management'] },
  routes: [
    {
      path: '/mcp',
      methods: null,
      kind: 'mcp',
      limit: null,
      limits: [],
      cost: 1,
      scope_segment: null,
      url: 'https://gateway.test/acme/mcp',
    },
  ],
  gateway_url: 'https://gateway.test',
};

/** The sample product with some of its rules changed. */
export function productWith(key: Partial<Product['key']>, rest: Partial<Product> = {}): Product {
  return { ...PRODUCT, ...rest, key: { ...PRODUCT.key, ...key } };
}
