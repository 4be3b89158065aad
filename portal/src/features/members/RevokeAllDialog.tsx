import { Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { Key, Member, Product, Workspace } from '@/api/types.ts';
import { ConcernedKeys } from '@/features/members/ConcernedKeys.tsx';
import { Done } from '@/features/members/Done.tsx';
import { useRevokeAll } from '@/features/members/memberMutations.ts';
import { shownAlready } from '@/lib/ignore.ts';
import { count } from '@/lib/words.ts';
import { useAnnounce } from '@/ui/Announcer.tsx';
import { Dialog } from '@/ui/Dialog.tsx';
import { ErrorNotice } from '@/ui/Notice.tsx';
import { TypeToConfirm } from '@/ui/TypeToConfirm.tsx';
import { useLast } from '@/ui/useLast.ts';

interface Props {
  product: Product;
  workspace: Workspace;
  /** Whose keys are to go, and the active ones among them; null while nobody's are. */
  revoking: { member: Member; keys: Key[] } | null;
  onClose: () => void;
}

const LISTED = 100;

/** Takes all of a member's keys away, while the member stays; the number of them is typed. */
export function RevokeAllDialog(props: Props) {
  const { product, revoking, onClose } = props;
  const last = useLast(revoking);
  return (
    <Dialog
      title={`${product.portal.revoke} all keys of ${last?.member.name ?? ''}?`}
      opened={revoking !== null}
      onClose={onClose}
    >
      {last !== null && <Content {...props} {...last} key={last.member.account} />}
    </Dialog>
  );
}

function Content({
  product,
  workspace,
  member,
  keys,
  onClose,
}: Props & { member: Member; keys: Key[] }) {
  const announce = useAnnounce();
  const revoke = useRevokeAll(product.product, workspace.id);
  // As they were when this was opened: what is typed and what is listed stay the same.
  const [listed] = useState(() => keys.toSorted(byLastUse));
  const [reason, setReason] = useState('');
  const [isConfirmed, setIsConfirmed] = useState(false);
  const mayGo = isConfirmed && reason.trim() !== '';
  const submit = async () => {
    const { revocation } = await revoke.mutateAsync({
      account: member.account,
      reason: reason.trim(),
    });
    announce(resultWords(member, revocation.keys_affected));
  };
  if (revoke.isSuccess) {
    const words = resultWords(member, revoke.data.revocation.keys_affected);
    return <Done onClose={onClose}>{words}</Done>;
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
          <strong>{member.name}</strong> stays in {workspace.name} and can make new keys. Open
          connections of the old ones are cut.
        </Text>
        <ConcernedKeys
          keys={listed.slice(0, LISTED)}
          total={listed.length}
          fate="stop at once and for good"
        />
        <ErrorNotice error={revoke.error} />
        <TextInput
          label="Reason"
          description="Kept in the activity of every key"
          required
          maxLength={200}
          autoComplete="off"
          data-1p-ignore
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
        <TypeToConfirm
          label="Type how many keys will stop"
          expected={String(listed.length)}
          onMatch={setIsConfirmed}
        />
        <Group justify="flex-end" gap="sm">
          <Button variant="default" onClick={onClose} data-autofocus>
            Cancel
          </Button>
          <Button type="submit" color="red" loading={revoke.isPending} disabled={!mayGo}>
            {product.portal.revoke} {count(listed.length, 'key')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function byLastUse(a: Key, b: Key): number {
  return (b.last_used_at ?? '').localeCompare(a.last_used_at ?? '');
}

function resultWords(member: Member, keys: number): string {
  return `${count(keys, 'key')} of ${member.name} stopped working.`;
}
