import { Button, Group, Skeleton, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { isCode } from '@/api/problem.ts';
import type { Key, Member, Workspace } from '@/api/types.ts';
import { wasUsedLately } from '@/features/keys/keyState.ts';
import { ConcernedKeys } from '@/features/members/ConcernedKeys.tsx';
import { Done } from '@/features/members/Done.tsx';
import { LastOwner } from '@/features/members/LastOwner.tsx';
import { useRemoveMember } from '@/features/members/memberMutations.ts';
import { removalQuery } from '@/features/members/memberQueries.ts';
import { shownAlready } from '@/lib/ignore.ts';
import { count } from '@/lib/words.ts';
import { useAnnounce } from '@/ui/Announcer.tsx';
import { Dialog } from '@/ui/Dialog.tsx';
import { ErrorNotice } from '@/ui/Notice.tsx';
import { TypeToConfirm } from '@/ui/TypeToConfirm.tsx';
import { useLast } from '@/ui/useLast.ts';

interface Props {
  workspace: Workspace;
  /** Who is to go; null while nobody is. */
  removing: Member | null;
  /** Whether that is the reader. */
  isSelf: boolean;
  onClose: () => void;
}

/** Takes somebody out of a workspace; first it shows which keys would stop with that. */
export function RemoveMemberDialog(props: Props) {
  const { workspace, removing, isSelf, onClose } = props;
  const member = useLast(removing);
  return (
    <Dialog
      title={isSelf ? `Leave ${workspace.name}?` : `Remove ${member?.name ?? ''}?`}
      opened={removing !== null}
      onClose={onClose}
    >
      {member !== null && <Content {...props} member={member} key={member.account} />}
    </Dialog>
  );
}

function Content({ workspace, member, isSelf, onClose }: Props & { member: Member }) {
  const announce = useAnnounce();
  const preview = useQuery(removalQuery(workspace.id, member.account));
  const remove = useRemoveMember(workspace.id);
  const [isConfirmed, setIsConfirmed] = useState(false);
  const isBusy = preview.data?.data.some((key: Key) => wasUsedLately(key, new Date())) ?? false;
  const mayGo = preview.isSuccess && (!isBusy || isConfirmed);
  const submit = async () => {
    const { revocation } = await remove.mutateAsync(member.account);
    announce(resultWords(member, workspace, revocation.keys_affected));
  };
  if (remove.isSuccess) {
    const words = resultWords(member, workspace, remove.data.revocation.keys_affected);
    return <Done onClose={onClose}>{words}</Done>;
  }
  if (isCode(preview.error, 'conflict') || isCode(remove.error, 'conflict')) {
    return <LastOwner member={member} isSelf={isSelf} onClose={onClose} />;
  }
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
        <Text>
          <strong>{isSelf ? 'You' : member.name}</strong> will no longer see {workspace.name}, and
          the keys {isSelf ? 'you' : 'they'} made here stop at once. Keys stay ended, even for
          somebody who comes back.
        </Text>
        {preview.isPending && <Skeleton height={96} radius="md" aria-label="Reading the keys" />}
        <ErrorNotice error={preview.error} onRetry={() => preview.refetch()} />
        {preview.isSuccess && (
          <ConcernedKeys
            keys={preview.data.data}
            total={preview.data.keys_affected}
            fate="stop at once and for good"
          />
        )}
        <ErrorNotice error={remove.error} />
        {isBusy && (
          <TypeToConfirm
            label={`A key was used in the last 7 days. Type ${isSelf ? 'your name' : 'the name'} to go on`}
            expected={member.name}
            onMatch={setIsConfirmed}
          />
        )}
        <Group justify="flex-end" gap="sm">
          <Button variant="default" onClick={onClose} data-autofocus>
            Cancel
          </Button>
          <Button type="submit" color="red" loading={remove.isPending} disabled={!mayGo}>
            {isSelf ? 'Leave' : 'Remove'}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function resultWords(member: Member, workspace: Workspace, keys: number): string {
  const stopped = keys === 0 ? 'No key stopped' : `${count(keys, 'key')} stopped`;
  return `${member.name} is no longer in ${workspace.name}. ${stopped}.`;
}
