import { screen } from '@testing-library/react';
import { expect, test } from 'vitest';
import { render } from '@/test/render.tsx';
import { When } from '@/ui/When.tsx';

const soon = () => new Date(Date.now() + 20_000).toISOString();

test('what has happened is never still to come, though the server’s clock is ahead', () => {
  render(<When at={soon()} />);
  expect(screen.getByText('just now')).toBeVisible();
});

test('what is to come is', () => {
  render(<When at={soon()} ahead />);
  expect(screen.getByText('in less than a minute')).toBeVisible();
});

test('what never was says so in the words that fit', () => {
  render(<When at={null} never="No expiry" ahead />);
  expect(screen.getByText('No expiry')).toBeVisible();
});
