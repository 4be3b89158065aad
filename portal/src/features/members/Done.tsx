import { Button, Group, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { Icon } from '@/ui/Icon.tsx';

/** The end of a dialog: what has happened, and the way back. */
export function Done({ children, onClose }: { children: ReactNode; onClose: () => void }) {
  return (
    <Stack gap="md">
      <Group gap={8} wrap="nowrap" align="flex-start">
        <Icon name="check" />
        <Text>{children}</Text>
      </Group>
      <Group justify="flex-end">
        {/* The button that was pressed is gone, and the focus with it. */}
        <Button autoFocus onClick={onClose}>
          Done
        </Button>
      </Group>
    </Stack>
  );
}
