import { Kbd, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { Dialog } from '@/ui/Dialog.tsx';
import { useShortcut } from '@/ui/useShortcut.ts';

const SHORTCUTS = [
  ['n', 'Make a new key'],
  ['/', 'Go to the search'],
  ['?', 'Show these shortcuts'],
  ['Esc', 'Close a dialog'],
];

/** "?" says what else the keyboard can do here. */
export function ShortcutHelp() {
  const [opened, setOpened] = useState(false);
  useShortcut('?', () => setOpened(true));
  return (
    <Dialog title="Keyboard" opened={opened} onClose={() => setOpened(false)} size="sm">
      <Stack gap="xs">
        {SHORTCUTS.map(([key, words]) => (
          <Text key={key} size="sm">
            <Kbd>{key}</Kbd> {words}
          </Text>
        ))}
      </Stack>
    </Dialog>
  );
}
