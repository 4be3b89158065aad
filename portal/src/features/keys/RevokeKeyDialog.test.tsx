import { fireEvent, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useState } from 'react';
import { expect, test, vi } from 'vitest';
import type { Key } from '@/api/types.ts';
import { RevokeKeyDialog } from '@/features/keys/RevokeKeyDialog.tsx';
import { render } from '@/test/render.tsx';
import { KEY, PRODUCT } from '@/test/samples.ts';
import { problem, serve } from '@/test/server.ts';

const USAGE = {
  requests: 3,
  refusals: {},
  data: [],
  clients: [{ client: 'claude-code/2.1', address: null }],
};
const PATH = `POST /v1/keys/${KEY.id}/revoke`;
const LOOKS = {
  [`GET /v1/keys/${KEY.id}/usage`]: () => USAGE,
  'GET /v1/keys/key_000000000000/usage': () => USAGE,
};
const REVOKED = { key: { ...KEY, status: 'revoked' }, revocation: { seq: 1, keys_affected: 1 } };

function open(key: Key) {
  const onClose = vi.fn();
  const onReplace = vi.fn();
  render(
    <RevokeKeyDialog product={PRODUCT} revoking={key} onClose={onClose} onReplace={onReplace} />,
  );
  return { onClose, onReplace, user: userEvent.setup() };
}

const changes = (sent: { method: string; body: unknown }[]) =>
  sent.filter(({ method }) => method !== 'GET');

const usedNow = { ...KEY, last_used_at: new Date().toISOString() };

test('MEKO-8 a key that was not used lately goes after one confirmation', async () => {
  const sent = serve({ ...LOOKS, [PATH]: () => REVOKED });
  const { user, onReplace } = open(KEY);
  await user.type(await screen.findByLabelText('Reason'), 'laptop lost');
  await user.click(screen.getByRole('button', { name: 'Revoke' }));
  expect(await screen.findByText(/no longer works anywhere/)).toBeVisible();
  expect(changes(sent)[0]?.body).toEqual({ reason: 'laptop lost' });
  await user.click(screen.getByRole('button', { name: 'Create a replacement' }));
  expect(onReplace).toHaveBeenCalledOnce();
});

test('a key in use goes only when its name is typed', async () => {
  const sent = serve({ ...LOOKS, [PATH]: () => REVOKED });
  const { user } = open(usedNow);
  expect(await screen.findByText('Seen with: claude-code/2.1')).toBeVisible();
  const button = await screen.findByRole('button', { name: 'Revoke' });
  expect(button).toBeDisabled();
  await user.type(screen.getByLabelText(/Type its name/), 'laptop/curso');
  expect(button).toBeDisabled();
  await user.type(screen.getByLabelText(/Type its name/), 'r{Enter}');
  expect(await screen.findByText(/no longer works anywhere/)).toBeVisible();
  expect(changes(sent)).toHaveLength(1);
});

test('ALL-3 what is not known to hold is not said to be done', async () => {
  serve({
    ...LOOKS,
    [PATH]: () => problem(503, 'revocation_unconfirmed', 'Not confirmed yet: repeat it.'),
  });
  const { user } = open(KEY);
  await user.click(await screen.findByRole('button', { name: 'Revoke' }));
  expect(await screen.findByText('Not confirmed yet: repeat it.')).toBeVisible();
  expect(screen.queryByText(/no longer works/)).not.toBeInTheDocument();
});

test('Cancel has the focus, and nothing is sent by it', async () => {
  const sent = serve(LOOKS);
  const { user, onClose } = open(KEY);
  expect(await screen.findByRole('button', { name: 'Cancel' })).toHaveFocus();
  await user.keyboard('{Enter}');
  expect(onClose).toHaveBeenCalledOnce();
  expect(changes(sent)).toHaveLength(0);
});

test('a use of which only the clients tell yet asks for the name too', async () => {
  const seen = { client: 'cursor/1.0', address: null, last_seen_at: new Date().toISOString() };
  serve({ [`GET /v1/keys/${KEY.id}/usage`]: () => ({ ...USAGE, clients: [seen] }) });
  open({ ...KEY, last_used_at: null });
  expect(await screen.findByLabelText(/Type its name/)).toBeVisible();
  expect(screen.getByRole('button', { name: PRODUCT.portal.revoke })).toBeDisabled();
});

test('what went wrong with one key is not said of the next', async () => {
  serve({ ...LOOKS, [PATH]: () => problem(503, 'unavailable', 'Not now.') });
  const other = { ...KEY, id: 'key_000000000000', name: 'other' };
  function Two() {
    const [revoking, setRevoking] = useState<Key>(KEY);
    return (
      <>
        <button type="button" onClick={() => setRevoking(other)}>
          next
        </button>
        <RevokeKeyDialog product={PRODUCT} revoking={revoking} onClose={() => {}} />
      </>
    );
  }
  render(<Two />);
  const user = userEvent.setup();
  await user.click(await screen.findByRole('button', { name: 'Revoke' }));
  expect(await screen.findByText('Not now.')).toBeVisible();
  fireEvent.click(screen.getByText('next'));
  expect(await screen.findByText('other')).toBeVisible();
  await waitFor(() => expect(screen.queryByText('Not now.')).not.toBeInTheDocument());
});
