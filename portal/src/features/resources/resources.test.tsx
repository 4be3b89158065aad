import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';
import type { Product, Resource } from '@/api/types.ts';
import { ResourceKeysPage } from '@/features/resources/ResourceKeysPage.tsx';
import { ResourcePage } from '@/features/resources/ResourcePage.tsx';
import { ResourcesPage } from '@/features/resources/ResourcesPage.tsx';
import { meAs } from '@/test/members.ts';
import { renderPage } from '@/test/routed.tsx';
import { KEY, PRODUCT, productWith } from '@/test/samples.ts';
import { serve } from '@/test/server.ts';

const LAKE: Resource = {
  id: 'res_1',
  product: 'acme',
  workspace: null,
  account: 'acc_1',
  kind: 'project',
  name: 'Lake',
  created_at: '2026-02-01T00:00:00Z',
};

/** A product whose keys live in its projects. */
const IN_PROJECTS = productWith(
  { scope: 'resource', show: 'none', name: { mode: 'none', pattern: null, hint: null } },
  {
    portal: {
      place: ['Project', 'MCP Servers'],
      create: 'Add MCP Server',
      revoke: 'Delete',
      resource: 'project',
      ended: 'filtered',
    },
  },
);

function answer(product: Product, keys: unknown[], routes: Parameters<typeof serve>[0] = {}) {
  return serve({
    'GET /v1/me': () => meAs('member'),
    'GET /v1/products': () => ({ data: [product] }),
    'GET /v1/resources': () => ({ data: [LAKE], next_cursor: null }),
    'GET /v1/keys': () => ({ data: keys, next_cursor: null }),
    ...routes,
  });
}

test('MEKO-3 the list leads from each resource to connecting a client', async () => {
  answer(PRODUCT, []);
  renderPage('/resources', ResourcesPage);
  const connect = await screen.findByRole('link', { name: 'Connect Lake' });
  expect(connect).toHaveAttribute('href', '/resources/res_1');
  expect(screen.getByRole('heading', { name: 'Projects' })).toBeVisible();
  expect(screen.queryByRole('link', { name: /API Keys/ })).toBeNull();
});

test('LAKE-1 a project has a tab for its keys, under the name that the product gives it', async () => {
  const sent = answer(IN_PROJECTS, []);
  renderPage('/resources/$resource', ResourcePage, { at: '/resources/res_1' });
  const tabs = within(await screen.findByRole('navigation', { name: /this project/ }));
  expect(tabs.getByRole('link', { name: 'Overview' })).toHaveAttribute('aria-current', 'page');
  expect(tabs.getByRole('link', { name: 'MCP Servers' })).toHaveAttribute(
    'href',
    '/resources/res_1/keys',
  );
  await screen.findByText(/no active key/);
  const asked = sent.find(({ path }) => path === '/v1/keys');
  expect(asked?.query.get('resource')).toBe('res_1');
});

test('LAKE-1 a key for a project is added with a description, which is asked for with examples', async () => {
  const user = userEvent.setup();
  const sent = answer(IN_PROJECTS, [], {
    'POST /v1/keys': () => ({ status: 201, body: { key: KEY, secret: 'acme_secret' } }),
  });
  renderPage('/resources/$resource/keys', ResourceKeysPage, { at: '/resources/res_1/keys' });
  const [add] = await screen.findAllByRole('button', { name: 'Add MCP Server' });
  await user.click(add as HTMLElement);
  const dialog = await screen.findByRole('dialog');
  const field = await within(dialog).findByLabelText('Description');
  expect(field).toHaveAccessibleDescription(/Recommended.*such as/);
  await user.type(field, 'Staging agent');
  await user.click(within(dialog).getByRole('button', { name: 'Generate' }));
  expect(sent.find(({ method }) => method === 'POST')?.body).toMatchObject({
    resource: 'res_1',
    description: 'Staging agent',
  });
});

test('LAKE-6 what was deleted stands under the filter of that name', async () => {
  answer(IN_PROJECTS, [{ ...KEY, name: null }]);
  renderPage('/resources/$resource/keys', ResourceKeysPage, { at: '/resources/res_1/keys' });
  const status = await screen.findByLabelText('Status');
  expect(within(status).getByRole('option', { name: 'Deleted' })).toHaveValue('deleted');
  expect(await screen.findByRole('button', { name: 'Delete Reads notes' })).toBeVisible();
});

test('MEKO-3 with keys of the account it lists them by name and hint', async () => {
  const sent = answer(PRODUCT, [KEY]);
  renderPage('/resources/$resource', ResourcePage, { at: '/resources/res_1' });
  expect(await screen.findByText('laptop/cursor')).toBeVisible();
  expect(screen.getByText('…x9Qa')).toBeVisible();
  expect(screen.queryByRole('navigation', { name: /this project/ })).toBeNull();
  const asked = sent.find(({ path }) => path === '/v1/keys');
  expect(asked?.query.get('resource')).toBeNull();
  expect(asked?.query.get('account')).toBe('acc_1');
});

test('MEKO-3 without an active key it offers to make one in place', async () => {
  const user = userEvent.setup();
  answer(PRODUCT, []);
  renderPage('/resources/$resource', ResourcePage, { at: '/resources/res_1' });
  await user.click(await screen.findByRole('button', { name: 'Generate Key' }));
  expect(await screen.findByRole('dialog', { name: 'Generate Key' })).toBeVisible();
});
