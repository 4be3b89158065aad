import { Button, Group, PasswordInput, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { ApiError } from '@/api/problem.ts';
import { useReauthenticate } from '@/features/session/session.ts';
import { waiting } from '@/features/session/signInError.ts';
import { Dialog } from '@/ui/Dialog.tsx';

interface Props {
  opened: boolean;
  /** Called when the password was right. */
  onDone: () => void;
  onCancel: () => void;
}

/** Asks for the password again, which an old session must give before it makes a key. */
export function ReauthenticateDialog({ opened, onDone, onCancel }: Props) {
  const again = useReauthenticate();
  const [password, setPassword] = useState('');
  const [missing, setMissing] = useState(false);
  const close = () => {
    setPassword('');
    again.reset();
    onCancel();
  };
  const submit = async () => {
    setMissing(password === '');
    if (password === '') {
      return;
    }
    await again.mutateAsync(password);
    setPassword('');
    onDone();
  };
  return (
    <Dialog
      title="Is it you?"
      opened={opened}
      onClose={close}
      size="sm"
      closable={!again.isPending}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          submit().catch(() => {});
        }}
      >
        <Stack gap="md">
          <Text size="sm">You signed in a while ago. Give your password again to go on.</Text>
          <PasswordInput
            label="Password"
            autoComplete="current-password"
            data-autofocus
            value={password}
            onChange={(event) => setPassword(event.currentTarget.value)}
            error={missing ? 'Enter your password' : errorText(again.error)}
            visibilityToggleButtonProps={{ 'aria-label': 'Show the password' }}
          />
          <Group justify="flex-end" gap="sm">
            <Button variant="default" onClick={close} disabled={again.isPending}>
              Cancel
            </Button>
            <Button type="submit" loading={again.isPending}>
              Go on
            </Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
}

function errorText(error: unknown): string | undefined {
  if (!(error instanceof ApiError)) {
    return undefined;
  }
  if (error.status === 401) {
    return 'That is not the password. Try again.';
  }
  return error.status === 429 ? `Too many tries. Wait ${waiting(error)}.` : error.detail;
}
