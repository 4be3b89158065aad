import { expect, test, vi } from 'vitest';
import { holdPage, whenPageIsFree } from '@/lib/holding.ts';

test('what would take the page away waits for the last that holds it', () => {
  const action = vi.fn();
  const first = holdPage();
  const second = holdPage();
  whenPageIsFree(action);
  first();
  expect(action).not.toHaveBeenCalled();
  second();
  expect(action).toHaveBeenCalledOnce();
});

test('nothing waits where nothing holds', () => {
  const action = vi.fn();
  whenPageIsFree(action);
  expect(action).toHaveBeenCalledOnce();
});
