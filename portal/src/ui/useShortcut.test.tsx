import userEvent from '@testing-library/user-event';
import { afterEach, expect, test, vi } from 'vitest';
import { render } from '@/test/render.tsx';
import { keepShortcuts } from '@/ui/shortcutTaste.ts';
import { useShortcut } from '@/ui/useShortcut.ts';

function Page({ onKey }: { onKey: () => void }) {
  useShortcut('n', onKey);
  return null;
}

afterEach(() => keepShortcuts('on'));

test('a plain key does something until shortcuts are turned off', async () => {
  const user = userEvent.setup();
  const onKey = vi.fn();
  render(<Page onKey={onKey} />);
  await user.keyboard('n');
  expect(onKey).toHaveBeenCalledTimes(1);
  keepShortcuts('off');
  await user.keyboard('n');
  expect(onKey).toHaveBeenCalledTimes(1);
});
