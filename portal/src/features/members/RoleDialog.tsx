import { Button, Group, Radio, Stack } from '@mantine/core';
import { useState } from 'react';
import { isCode } from '@/api/problem.ts';
import type { Member, Role, Workspace } from '@/api/types.ts';
import { LastOwner } from '@/features/members/LastOwner.tsx';
import { useChangeRole } from '@/features/members/memberMutations.ts';
import { shownAlready } from '@/lib/ignore.ts';
import { useAnnounce } from '@/ui/Announcer.tsx';
import { Dialog } from '@/ui/Dialog.tsx';
import { ErrorNotice } from '@/ui/Notice.tsx';
import { useLast } from '@/ui/useLast.ts';

interface Props {
  workspace: Workspace;
  /** Whose role is to change; null while nobody's is. */
  changing: Member | null;
  isSelf: boolean;
  onClose: () => void;
}

export const ROLE_WORDS: Record<Role, string> = { owner: 'Owner', member: 'Member' };

/** Makes a member an owner, or an owner a member; says what each may do. */
export function RoleDialog(props: Props) {
  const { changing, isSelf, onClose } = props;
  const member = useLast(changing);
  return (
    <Dialog
      title={isSelf ? 'Your role' : `Role of ${member?.name ?? ''}`}
      opened={changing !== null}
      onClose={onClose}
    >
      {member !== null && <Content {...props} member={member} key={member.account} />}
    </Dialog>
  );
}

function Content({ workspace, member, isSelf, onClose }: Props & { member: Member }) {
  const announce = useAnnounce();
  const change = useChangeRole(workspace.id);
  const [role, setRole] = useState<Role>(member.role);
  const submit = async () => {
    await change.mutateAsync({ account: member.account, role });
    announce(`${member.name} is now ${role === 'owner' ? 'an owner' : 'a member'}`);
    onClose();
  };
  if (isCode(change.error, 'conflict')) {
    return <LastOwner member={member} isSelf={isSelf} onClose={onClose} />;
  }
  const losesOwnRights = isSelf && role === 'member' && member.role === 'owner';
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        submit().catch(shownAlready);
      }}
    >
      <Stack gap="md">
        <ErrorNotice error={change.error} />
        <Radio.Group
          label="Role"
          value={role}
          onChange={(value) => setRole(value === 'owner' ? 'owner' : 'member')}
        >
          <Stack gap="sm" mt={6}>
            <Radio
              value="owner"
              label={ROLE_WORDS.owner}
              description="Sees and takes away everybody’s keys, and looks after the members"
            />
            <Radio
              value="member"
              label={ROLE_WORDS.member}
              description={
                losesOwnRights
                  ? 'Sees only their own keys. You will not be able to open this page any more'
                  : 'Makes keys, and sees only their own'
              }
            />
          </Stack>
        </Radio.Group>
        <Group justify="flex-end" gap="sm">
          <Button variant="default" onClick={onClose} data-autofocus>
            Cancel
          </Button>
          <Button type="submit" loading={change.isPending} disabled={role === member.role}>
            Change the role
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
