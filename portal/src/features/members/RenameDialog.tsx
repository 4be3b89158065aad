import { Button, Group, Stack, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { Workspace } from '@/api/types.ts';
import { useRenameWorkspace } from '@/features/members/memberMutations.ts';
import { shownAlready } from '@/lib/ignore.ts';
import { useAnnounce } from '@/ui/Announcer.tsx';
import { Dialog } from '@/ui/Dialog.tsx';
import { ErrorNotice } from '@/ui/Notice.tsx';

interface Props {
  workspace: Workspace;
  opened: boolean;
  onClose: () => void;
}

export function RenameDialog({ workspace, opened, onClose }: Props) {
  return (
    <Dialog title="Rename the workspace" opened={opened} onClose={onClose}>
      {opened && <Content workspace={workspace} onClose={onClose} />}
    </Dialog>
  );
}

function Content({ workspace, onClose }: Omit<Props, 'opened'>) {
  const announce = useAnnounce();
  const rename = useRenameWorkspace(workspace.id);
  const [name, setName] = useState(workspace.name);
  const mayGo = name.trim() !== '' && name.trim() !== workspace.name;
  const submit = async () => {
    await rename.mutateAsync(name.trim());
    announce(`The workspace is now called ${name.trim()}`);
    onClose();
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (mayGo) {
          submit().catch(shownAlready);
        }
      }}
    >
      <Stack gap="md">
        <ErrorNotice error={rename.error} />
        <TextInput
          label="Name"
          description="All members see it. Keys and addresses stay as they are."
          required
          maxLength={200}
          data-autofocus
          autoComplete="off"
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <Group justify="flex-end" gap="sm">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={rename.isPending} disabled={!mayGo}>
            Rename
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
