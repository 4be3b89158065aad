import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test, vi } from 'vitest';
import type { Key, Product } from '@/api/types.ts';
import { KeyPageEarlier } from '@/features/keys/KeyPageEarlier.tsx';
import { KeyPageEdit } from '@/features/keys/KeyPageEdit.tsx';
import { render } from '@/test/render.tsx';
import { KEY, PRODUCT, productWith } from '@/test/samples.ts';
import { problem, serve } from '@/test/server.ts';

const PATH = `PATCH /v1/keys/${KEY.id}`;

function edit(product: Product = PRODUCT, key: Key = KEY) {
  const onClose = vi.fn();
  render(<KeyPageEdit of={key} product={product} opened onClose={onClose} />);
  return { onClose, user: userEvent.setup() };
}

test('only what was changed is sent', async () => {
  const sent = serve({
    [PATH]: () => ({ body: { key: { ...KEY, description: 'Writes notes' } } }),
  });
  const { user, onClose } = edit();
  const description = await screen.findByLabelText('Description');
  await user.clear(description);
  await user.type(description, 'Writes notes');
  await user.click(screen.getByRole('button', { name: 'Save' }));
  await vi.waitFor(() => expect(onClose).toHaveBeenCalledOnce());
  expect(sent.map(({ body }) => body)).toEqual([{ description: 'Writes notes' }]);
});

test('a name that breaks the rule stays here, and the field says why', async () => {
  const sent = serve({});
  const { user } = edit();
  const name = await screen.findByLabelText(/^Name/);
  await user.clear(name);
  await user.type(name, '9lives');
  await user.click(screen.getByRole('button', { name: 'Save' }));
  expect(name).toHaveAccessibleDescription(/A name begins with a letter/);
  expect(name).toBeInvalid();
  await user.clear(name);
  await user.click(screen.getByRole('button', { name: 'Save' }));
  expect(name).toHaveAccessibleDescription(/not taken away/);
  expect(sent).toHaveLength(0);
});

test.each([
  ['invalid_name', 'Not this name.', /^Name/],
  ['invalid_request', "'description' must not contain control characters.", 'Description'],
])('a refusal of the server for %s stands at its field', async (code, detail, label) => {
  serve({ [PATH]: () => problem(400, code, detail) });
  const { user, onClose } = edit();
  const field = await screen.findByLabelText(label);
  await user.type(field, 'x');
  await user.click(screen.getByRole('button', { name: 'Save' }));
  await vi.waitFor(() => expect(field).toHaveAccessibleDescription(new RegExp(detail)));
  expect(field).toBeInvalid();
  expect(screen.queryByRole('alert')).not.toBeInTheDocument();
  expect(onClose).not.toHaveBeenCalled();
});

test('what is about no field stands above them', async () => {
  serve({ [PATH]: () => problem(503, 'unavailable', 'Not now.') });
  const { user } = edit();
  await user.type(await screen.findByLabelText('Description'), 'x');
  await user.click(screen.getByRole('button', { name: 'Save' }));
  expect(await screen.findByRole('alert')).toHaveTextContent('Not now.');
});

test('where keys have no name there is no field for one', async () => {
  serve({});
  edit(productWith({ name: { mode: 'none', pattern: null, hint: null } }), { ...KEY, name: null });
  expect(await screen.findByLabelText('Description')).toBeVisible();
  expect(screen.queryByLabelText(/^Name/)).not.toBeInTheDocument();
});

test('an earlier end is sent, and what the server has against it stands at the field', async () => {
  const sent = serve({ [PATH]: () => problem(400, 'invalid_expiry', 'Only earlier.') });
  const onClose = vi.fn();
  render(<KeyPageEarlier of={{ ...KEY, expires_at: null }} opened onClose={onClose} />);
  const user = userEvent.setup();
  const choice = await screen.findByLabelText('It ends');
  await user.selectOptions(choice, 'In 1 day');
  await user.click(screen.getByRole('button', { name: 'Set this end' }));
  await vi.waitFor(() => expect(choice).toHaveAccessibleDescription(/Only earlier/));
  const end = Date.parse((sent[0]?.body as { expires_at: string }).expires_at);
  expect(Math.abs(end - Date.now() - 86_400_000)).toBeLessThan(60_000);
  await user.selectOptions(choice, 'On a date');
  await user.click(screen.getByRole('button', { name: 'Set this end' }));
  expect(screen.getByLabelText('Last day')).toHaveAccessibleDescription(/Pick the last day/);
  expect(sent).toHaveLength(1);
  expect(onClose).not.toHaveBeenCalled();
});
