import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test, vi } from 'vitest';
import type { Product } from '@/api/types.ts';
import { CreateKeyDialog } from '@/features/keys/CreateKeyDialog.tsx';
import { renderPage } from '@/test/routed.tsx';
import { CREATED, KEY, PRODUCT, productWith, SECRET } from '@/test/samples.ts';
import { problem, serve } from '@/test/server.ts';

const LIST = { 'GET /v1/keys': () => ({ data: [KEY, KEY, KEY], next_cursor: null }) };

function open(product: Product = PRODUCT) {
  const onClose = vi.fn();
  const page = renderPage('/keys', () => (
    <CreateKeyDialog product={product} scope={{}} opened onClose={onClose} />
  ));
  return { onClose, user: userEvent.setup(), ...page };
}

async function fill(user: ReturnType<typeof userEvent.setup>) {
  await user.type(await screen.findByLabelText(/Name/), 'laptop/cursor');
  await user.click(screen.getByRole('button', { name: 'Generate' }));
}

test('the quota is said, and what will be sent is what was chosen', async () => {
  const sent = serve({ ...LIST, 'POST /v1/keys': () => ({ status: 201, body: CREATED }) });
  const { user } = open();
  expect(await screen.findByText('3 of 10 active')).toBeVisible();
  await user.click(screen.getByLabelText('30 days'));
  await fill(user);
  await screen.findByText('Save it now');
  const made = sent.find((one) => one.method === 'POST');
  expect(made?.body).toEqual({ product: 'acme', name: 'laptop/cursor', expires_in: '30d' });
  expect(made?.headers.get('Idempotency-Key')).toMatch(/^[0-9a-f]{32}$/);
});

test('a name that the product does not allow is refused before it is sent', async () => {
  const sent = serve(LIST);
  const { user } = open();
  await user.type(await screen.findByLabelText(/Name/), '1st');
  await user.click(screen.getByRole('button', { name: 'Generate' }));
  expect(await screen.findByText('A name begins with a letter')).toBeVisible();
  expect(screen.getByLabelText(/Name/)).toBeInvalid();
  expect(sent.every((one) => one.method === 'GET')).toBe(true);
});

test('the server’s word about a name stands at the name', async () => {
  serve({ ...LIST, 'POST /v1/keys': () => problem(400, 'invalid_name', 'No such names here.') });
  const { user } = open();
  await fill(user);
  expect(await screen.findByText('No such names here.')).toBeVisible();
  expect(screen.getByLabelText(/Name/)).toBeInvalid();
});

test('ALL-1 the key is covered, and shown when asked for', async () => {
  serve({ ...LIST, 'POST /v1/keys': () => ({ status: 201, body: CREATED }) });
  const { user } = open();
  await fill(user);
  await screen.findByText('Save it now');
  expect(document.body.innerHTML).not.toContain(SECRET);
  await user.click(screen.getByRole('button', { name: 'Show the key' }));
  expect(screen.getByText(SECRET)).toBeVisible();
});

test('MEKO-2 closing asks once while it is not saved, and then nothing is left of it', async () => {
  serve({ ...LIST, 'POST /v1/keys': () => ({ status: 201, body: CREATED }) });
  const { user, onClose, client } = open();
  await fill(user);
  await screen.findByText('Save it now');
  await user.click(screen.getByRole('button', { name: 'Close' }));
  expect(onClose).not.toHaveBeenCalled();
  const question = screen.getByRole('alert');
  await user.click(within(question).getByRole('button', { name: 'Close anyway' }));
  expect(onClose).toHaveBeenCalledWith(KEY);
  await waitFor(() => expect(client.getMutationCache().getAll()).toHaveLength(0));
  expect(
    JSON.stringify(
      client
        .getQueryCache()
        .getAll()
        .map((one) => one.state),
    ),
  ).not.toContain(SECRET);
});

test('after an outage the same attempt is repeated; after a refusal a new one begins', async () => {
  let calls = 0;
  const sent = serve({
    ...LIST,
    'POST /v1/keys': () => {
      calls++;
      return calls === 1
        ? problem(503, 'unavailable', 'Not now.')
        : calls === 2
          ? problem(409, 'key_limit_reached', 'Ten are enough.')
          : { status: 201, body: CREATED };
    },
  });
  const { user } = open();
  await fill(user);
  await screen.findByText('Not now.');
  await user.click(screen.getByRole('button', { name: 'Generate' }));
  await screen.findByText('Ten are enough.');
  await user.click(screen.getByRole('button', { name: 'Generate' }));
  await screen.findByText('Save it now');
  const attempts = sent.filter((one) => one.method === 'POST');
  const [first, second, third] = attempts.map((one) => one.headers.get('Idempotency-Key'));
  expect(second).toBe(first);
  expect(third).not.toBe(first);
});

test('a key whose answer was lost is said to be lost', async () => {
  const answer = { ...CREATED, secret: null, endpoint_url: null, secret_unavailable: true };
  serve({ ...LIST, 'POST /v1/keys': () => ({ status: 201, body: answer }) });
  const { user } = open();
  await fill(user);
  expect(await screen.findByText(/cannot be shown\s+later/)).toBeVisible();
});

test('an old session gives its password again, and goes on by itself', async () => {
  let isFresh = false;
  serve({
    ...LIST,
    'POST /v1/keys': () =>
      isFresh
        ? { status: 201, body: CREATED }
        : problem(403, 'reauthentication_required', 'Give your password.'),
    'POST /v1/sessions/current/reauthenticate': (sent) => {
      isFresh = (sent.body as { password: string }).password === 'right password';
      return isFresh
        ? { account: {}, csrf_token: 'new' }
        : problem(401, 'unauthenticated', 'Wrong.');
    },
  });
  const { user } = open();
  await fill(user);
  await user.type(await screen.findByLabelText('Password'), 'wrong');
  await user.click(screen.getByRole('button', { name: 'Go on' }));
  expect(await screen.findByText(/not the password/)).toBeVisible();
  await user.clear(screen.getByLabelText('Password'));
  await user.type(screen.getByLabelText('Password'), 'right password');
  await user.click(screen.getByRole('button', { name: 'Go on' }));
  expect(await screen.findByText('Save it now')).toBeVisible();
});

test('MEKO-6 a fixed expiry is said and not asked for', async () => {
  serve(LIST);
  open(productWith({ expiry: { mode: 'fixed', after: '365d', choices: [] } }));
  expect(await screen.findByText(/365 days after it is made/)).toBeVisible();
  expect(screen.queryByText('Expire In')).not.toBeInTheDocument();
});

test('LAKE-1 where keys have no names only a description is asked for, with examples', async () => {
  serve(LIST);
  open(
    productWith({
      name: { mode: 'none', pattern: null, hint: null },
      max_active: null,
      expiry: { mode: 'fixed', after: null, choices: [] },
    }),
  );
  expect(await screen.findByText(/Recommended: what uses it/)).toBeVisible();
  expect(screen.queryByLabelText(/Name/)).not.toBeInTheDocument();
});

test('MEKO-5 at the limit nothing can be sent, and it is said why', async () => {
  serve({ 'GET /v1/keys': () => ({ data: Array(10).fill(KEY), next_cursor: null }) });
  open();
  expect(await screen.findByText(/10 of 10 active/)).toBeVisible();
  await waitFor(() => expect(screen.getByRole('button', { name: 'Generate' })).toBeDisabled());
});

test('nothing is left behind while the answer is on its way: Cancel and Close wait for it', async () => {
  let answer: (value: unknown) => void = () => {};
  serve({ ...LIST, 'POST /v1/keys': () => ({ status: 201, body: CREATED }) });
  const served = window.fetch;
  vi.stubGlobal('fetch', async (input: string, init: RequestInit = {}) => {
    if (init.method === 'POST') {
      await new Promise((resolve) => {
        answer = resolve;
      });
    }
    return served(input, init);
  });
  const { user } = open();
  await fill(user);
  await waitFor(() => expect(screen.getByRole('button', { name: 'Cancel' })).toBeDisabled());
  expect(screen.queryByRole('button', { name: 'Close' })).not.toBeInTheDocument();
  answer(undefined);
  expect(await screen.findByText('Save it now')).toBeVisible();
  expect(screen.getByRole('button', { name: 'Copy key' })).toHaveFocus();
});

test('a copy that fails uncovers the key, so that it can be copied by hand', async () => {
  serve({ ...LIST, 'POST /v1/keys': () => ({ status: 201, body: CREATED }) });
  const { user } = open();
  await fill(user);
  await screen.findByText('Save it now');
  vi.stubGlobal('navigator', { ...navigator, clipboard: undefined });
  await user.click(screen.getByRole('button', { name: 'Copy key' }));
  expect(await screen.findByText(SECRET)).toBeVisible();
  expect(window.getSelection()?.toString()).toBe(SECRET);
});

test('no second key comes of an answer of a proxy’s', async () => {
  let calls = 0;
  const sent = serve({
    ...LIST,
    'POST /v1/keys': () => {
      calls++;
      return calls === 1 ? { status: 502, body: 'bad gateway' } : { status: 201, body: CREATED };
    },
  });
  const { user } = open();
  await fill(user);
  await screen.findByText(/answered 502/);
  await user.click(screen.getByRole('button', { name: 'Generate' }));
  await screen.findByText('Save it now');
  const attempts = sent.filter((one) => one.method === 'POST');
  expect(attempts[0]?.headers.get('Idempotency-Key')).toBe(
    attempts[1]?.headers.get('Idempotency-Key'),
  );
});
