import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import type { Role } from '@/api/types.ts';
import { saveFile } from '@/features/keys/keyFile.ts';
import { MembersPage } from '@/features/members/MembersPage.tsx';
import { ANA, BEN, meAs, PLANNED, revocationOf, WORKSPACE } from '@/test/members.ts';
import { renderPage } from '@/test/routed.tsx';
import { KEY } from '@/test/samples.ts';
import { problem, serve } from '@/test/server.ts';

vi.mock(import('@/features/keys/keyFile.ts'), async (original) => ({
  ...(await original()),
  saveFile: vi.fn(),
}));

const MEMBERS = `/v1/workspaces/${WORKSPACE.id}/members`;
const BENS = `${MEMBERS}/${BEN.account}`;
const busy = {
  ...KEY,
  id: 'key_b',
  name: 'ben/ci',
  created_by: BEN.account,
  last_used_at: new Date().toISOString(),
};
const quiet = { ...KEY, id: 'key_q', name: 'ben/old', created_by: BEN.account };
const left = { ...KEY, id: 'key_l', name: 'zoe/mac', created_by: 'acc_z', status: 'deactivated' };

type Routes = Parameters<typeof serve>[0];

/** The page as an owner or a member of the workspace sees it. */
async function open(routes: Routes = {}, role: Role = 'owner') {
  const sent = serve({
    'GET /v1/me': () => meAs(role),
    'GET /v1/products': () => ({ data: [PLANNED] }),
    [`GET /v1/workspaces/${WORKSPACE.id}`]: () => WORKSPACE,
    [`GET ${MEMBERS}`]: () => ({ data: [ANA, BEN] }),
    'GET /v1/keys': () => ({ data: [busy, quiet, left], next_cursor: null }),
    ...routes,
  });
  renderPage('/members', MembersPage);
  await screen.findByRole('heading', { name: 'Members & plan' });
  return { sent, user: userEvent.setup() };
}

async function choose(user: ReturnType<typeof userEvent.setup>, name: RegExp, whom = BEN) {
  await screen.findByText('2 active keys');
  await user.click(await screen.findByRole('button', { name: `Actions for ${whom.name}` }));
  await user.click(await screen.findByRole('menuitem', { name }));
  return screen.findByRole('dialog');
}

beforeEach(() => vi.mocked(saveFile).mockClear());

test('MEMO-7 who is no owner is told so, and nothing is asked for', async () => {
  const { sent } = await open({}, 'member');
  expect(await screen.findByText('Only owners see this page')).toBeVisible();
  expect(sent.some(({ path }) => path === MEMBERS || path === '/v1/keys')).toBe(false);
});

test('MEMO-7 an owner opens a member and sees the keys, with a way to take each', async () => {
  const { user } = await open();
  await screen.findByText('2 active keys');
  expect(screen.queryByRole('link', { name: 'ben/ci' })).toBeNull();
  await user.click(screen.getByRole('button', { name: new RegExp(BEN.email), expanded: false }));
  expect(screen.getByRole('link', { name: 'ben/ci' })).toBeVisible();
  await user.click(screen.getByRole('button', { name: 'Revoke ben/old' }));
  expect(await screen.findByRole('dialog', { name: 'Revoke this key?' })).toBeVisible();
});

test('MEMO-8 keys of former members are in a group of their own', async () => {
  const { user } = await open();
  await user.click(await screen.findByRole('button', { name: /Former members/ }));
  const table = screen.getByRole('table', { name: 'Keys of former members' });
  expect(within(table).getByRole('link', { name: 'zoe/mac' })).toBeVisible();
  expect(within(table).getByText('Deactivated')).toBeVisible();
});

describe('removing a member', () => {
  const preview = { keys_affected: 2, data: [busy, quiet] };

  test('MEMO-8 shows first which keys would stop and when they were last used', async () => {
    const { sent, user } = await open({ [`GET ${BENS}/removal`]: () => preview });
    const dialog = await choose(user, /^Remove/);
    expect(
      await within(dialog).findByText('2 active keys would stop at once and for good'),
    ).toBeVisible();
    const rows = within(dialog).getAllByRole('listitem');
    expect(rows[0]).toHaveTextContent(/ben\/ci.*Last used just now/);
    expect(rows[1]).toHaveTextContent(/ben\/old.*Never used/);
    expect(within(dialog).getByRole('button', { name: 'Cancel' })).toHaveFocus();
    await user.click(within(dialog).getByRole('button', { name: 'Cancel' }));
    expect(sent.some(({ method }) => method === 'DELETE')).toBe(false);
  });

  test('asks for the name where a key was used lately, and says what has stopped', async () => {
    const { user } = await open({
      [`GET ${BENS}/removal`]: () => preview,
      [`DELETE ${BENS}`]: () => revocationOf(2),
    });
    const dialog = await choose(user, /^Remove/);
    await user.type(await within(dialog).findByLabelText(/Type the name/), BEN.name.slice(0, -1));
    const remove = within(dialog).getByRole('button', { name: 'Remove' });
    expect(remove).toBeDisabled();
    await user.type(within(dialog).getByLabelText(/Type the name/), BEN.name.slice(-1));
    await user.click(remove);
    const words = 'Ben Okafor is no longer in Field team. 2 keys stopped.';
    expect(await within(dialog).findByText(words)).toBeVisible();
    expect(document.querySelector('[data-announcer]')).toHaveTextContent(words);
  });

  test('asks once where nothing was used lately', async () => {
    const { user } = await open({
      [`GET ${BENS}/removal`]: () => ({ keys_affected: 1, data: [quiet] }),
      [`DELETE ${BENS}`]: () => revocationOf(1),
    });
    const dialog = await choose(user, /^Remove/);
    await user.click(await waitFor(() => enabled(within(dialog), 'Remove')));
    expect(await within(dialog).findByText(/1 key stopped/)).toBeVisible();
  });

  test('is not offered blindly: without the keys there is no way on', async () => {
    const { user } = await open({
      [`GET ${BENS}/removal`]: () => problem(500, 'internal', 'That failed.'),
    });
    const dialog = await choose(user, /^Remove/);
    expect(await within(dialog).findByText('That failed.')).toBeVisible();
    expect(within(dialog).getByRole('button', { name: 'Remove' })).toBeDisabled();
  });

  test('explains that the last owner cannot go', async () => {
    const { user } = await open({
      [`GET ${BENS}/removal`]: () => problem(409, 'conflict', 'The last owner cannot go.'),
    });
    const dialog = await choose(user, /^Remove/);
    expect(await within(dialog).findByText(/Make another member an owner first/)).toBeVisible();
    expect(within(dialog).queryByRole('button', { name: 'Remove' })).toBeNull();
  });
});

describe('changing a role', () => {
  test('makes a member an owner', async () => {
    const { sent, user } = await open({ [`PUT ${BENS}`]: () => ({ ...BEN, role: 'owner' }) });
    const dialog = await choose(user, /Change role/);
    const button = within(dialog).getByRole('button', { name: 'Change the role' });
    expect(button).toBeDisabled();
    await user.click(within(dialog).getByRole('radio', { name: 'Owner' }));
    await user.click(button);
    await waitFor(() =>
      expect(document.querySelector('[data-announcer]')).toHaveTextContent('is now an owner'),
    );
    expect(sent.find(({ method }) => method === 'PUT')?.body).toEqual({ role: 'owner' });
  });

  test('explains that the last owner stays one', async () => {
    const { user } = await open({
      [`PUT ${MEMBERS}/${ANA.account}`]: () => problem(409, 'conflict', 'The last owner stays.'),
    });
    const dialog = await choose(user, /Change role/, ANA);
    await user.click(within(dialog).getByRole('radio', { name: 'Member' }));
    expect(within(dialog).getByText(/will not be able to open this page/)).toBeVisible();
    await user.click(within(dialog).getByRole('button', { name: 'Change the role' }));
    expect(await within(dialog).findByText(/You are the only owner/)).toBeVisible();
    expect(within(dialog).getByText(/Make another member an owner first/)).toBeVisible();
  });
});

test('all keys of a member go when their number is typed and a reason is given', async () => {
  const { sent, user } = await open({ 'POST /v1/keys/revoke': () => revocationOf(2) });
  const dialog = await choose(user, /all keys/);
  await user.type(within(dialog).getByLabelText(/Reason/), 'laptop lost');
  const button = within(dialog).getByRole('button', { name: 'Revoke 2 keys' });
  await user.type(within(dialog).getByLabelText(/how many/), '3');
  expect(button).toBeDisabled();
  await user.clear(within(dialog).getByLabelText(/how many/));
  await user.type(within(dialog).getByLabelText(/how many/), '2');
  await user.click(button);
  expect(await within(dialog).findByText(/2 keys of Ben Okafor stopped/)).toBeVisible();
  expect(sent.find(({ path }) => path === '/v1/keys/revoke')?.body).toEqual({
    product: 'acme',
    workspace: WORKSPACE.id,
    account: BEN.account,
    reason: 'laptop lost',
  });
});

test('another plan is looked at before anybody changes to it', async () => {
  const { user } = await open({
    [`GET /v1/workspaces/${WORKSPACE.id}/plan-change`]: ({ query }) => ({
      plan: query.get('plan'),
      api: false,
      keys_affected: 120,
      data: [busy],
    }),
  });
  await user.selectOptions(screen.getByLabelText(/another plan/), 'free');
  expect(await screen.findByText('120 active keys would be refused at once')).toBeVisible();
  expect(screen.getByText('and 119 more')).toBeVisible();
});

test('a new name is sent and shown', async () => {
  const renamed = { ...WORKSPACE, name: 'North' };
  const { user } = await open({
    [`PATCH /v1/workspaces/${WORKSPACE.id}`]: ({ body }) => ({
      workspace: { ...WORKSPACE, ...(body as object) },
    }),
  });
  await user.click(screen.getByRole('button', { name: 'Rename the workspace' }));
  const field = await screen.findByLabelText(/Name/);
  await user.clear(field);
  await user.type(field, `${renamed.name}{Enter}`);
  expect(await screen.findByText('North')).toBeVisible();
});

test('a list of keys that could be read in part only is not saved', async () => {
  let pages = 0;
  const { user } = await open({
    'GET /v1/keys': ({ query }) => {
      pages += 1;
      return query.get('cursor') === 'c2' && pages > 2
        ? problem(503, 'unavailable', 'Not now.')
        : { data: [busy], next_cursor: query.get('cursor') === null ? 'c2' : null };
    },
  });
  await screen.findByText('2 active keys');
  await user.click(screen.getByRole('button', { name: 'Export CSV' }));
  expect(await screen.findByText(/Nothing was saved/)).toBeVisible();
  expect(saveFile).not.toHaveBeenCalled();
});

test('the list of all keys is saved as a file that is made here', async () => {
  const { user } = await open();
  await user.click(await screen.findByRole('button', { name: 'Export JSON' }));
  expect(await screen.findByText('Saved 3 keys')).toBeVisible();
  const [name, text] = vi.mocked(saveFile).mock.calls[0] ?? [];
  expect(name).toMatch(/^acme-field-team-keys-\d{4}-\d\d-\d\d\.json$/);
  expect(JSON.parse(String(text)).keys).toHaveLength(3);
});

function enabled(within: { getByRole: typeof screen.getByRole }, name: string) {
  const button = within.getByRole('button', { name });
  expect(button).toBeEnabled();
  return button;
}
