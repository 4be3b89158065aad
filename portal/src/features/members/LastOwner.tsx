import { Button, Group, Stack, Text } from '@mantine/core';
import type { Member } from '@/api/types.ts';

interface Props {
  member: Member;
  isSelf: boolean;
  onClose: () => void;
}

/** Why the last owner stays one, and what to do first. */
export function LastOwner({ member, isSelf, onClose }: Props) {
  return (
    <Stack gap="md" role="alert">
      <Text>
        {isSelf ? 'You are' : `${member.name} is`} the only owner, and a workspace without one could
        not be looked after by anybody.
      </Text>
      <Text size="sm" c="dimmed">
        Make another member an owner first; then this can be done.
      </Text>
      <Group justify="flex-end">
        <Button autoFocus onClick={onClose}>
          Understood
        </Button>
      </Group>
    </Stack>
  );
}
