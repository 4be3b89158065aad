import { Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Key, Product } from '@/api/types.ts';
import { useRevokeKey } from '@/features/keys/keyMutations.ts';
import { lastUseOf, titleOf, wasUsedLately } from '@/features/keys/keyState.ts';
import { LastUses } from '@/features/keys/LastUses.tsx';
import { keyUsageQuery } from '@/features/usage/usageQueries.ts';
import { shownAlready } from '@/lib/ignore.ts';
import { useAnnounce } from '@/ui/Announcer.tsx';
import { Dialog } from '@/ui/Dialog.tsx';
import { Icon } from '@/ui/Icon.tsx';
import { ErrorNotice } from '@/ui/Notice.tsx';

interface Props {
  product: Product;
  /** The key that is to go; null while none is. */
  revoking: Key | null;
  onClose: () => void;
  /** Offers a new key with the same words in place of the one that went. */
  onReplace?: (gone: Key) => void;
}

/** Takes a key away for good; how much is asked before depends on what would break. */
export function RevokeKeyDialog(props: Props) {
  const { product, revoking } = props;
  return (
    <Dialog
      title={`${product.portal.revoke} this key?`}
      opened={revoking !== null}
      onClose={props.onClose}
    >
      {revoking !== null && <Content {...props} target={revoking} key={revoking.id} />}
    </Dialog>
  );
}

function Content({ product, target, onClose, onReplace }: Props & { target: Key }) {
  const announce = useAnnounce();
  const revoke = useRevokeKey();
  const [typed, setTyped] = useState('');
  const [reason, setReason] = useState('');
  const title = titleOf(target);
  const { data: usage } = useQuery(keyUsageQuery(target.id, '24h'));
  const used = { ...target, last_used_at: lastUseOf(target, usage?.clients) };
  const isBusy = wasUsedLately(used, new Date());
  const mayGo = !isBusy || typed.trim() === title.trim();
  const submit = async () => {
    await revoke.mutateAsync({ id: target.id, reason: reason === '' ? undefined : reason });
    announce(`${title} no longer works`);
  };
  if (revoke.isSuccess) {
    return <Gone of={target} onClose={onClose} onReplace={onReplace} />;
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
          <strong>{title}</strong> stops working at once and for good, for everything that uses it.
          Open connections are cut.
        </Text>
        <LastUses of={used} />
        <ErrorNotice error={revoke.error} />
        {isBusy && (
          <TextInput
            label="It was used in the last 7 days. Type its name to go on"
            description={title}
            autoComplete="off"
            data-1p-ignore
            value={typed}
            onChange={(event) => setTyped(event.currentTarget.value)}
          />
        )}
        <TextInput
          label="Reason"
          description="Optional; kept in the activity"
          maxLength={200}
          autoComplete="off"
          data-1p-ignore
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
        <Group justify="flex-end" gap="sm">
          <Button variant="default" onClick={onClose} data-autofocus>
            Cancel
          </Button>
          <Button type="submit" color="red" loading={revoke.isPending} disabled={!mayGo}>
            {product.portal.revoke}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function Gone({
  of: key,
  onClose,
  onReplace,
}: {
  of: Key;
  onClose: () => void;
  onReplace?: (gone: Key) => void;
}) {
  return (
    <Stack gap="md">
      <Group gap={8} wrap="nowrap" align="flex-start">
        <Icon name="check" />
        <Text>
          <strong>{titleOf(key)}</strong> no longer works anywhere. It stays in your list as a
          record.
        </Text>
      </Group>
      <Group justify="flex-end" gap="sm">
        {onReplace !== undefined && (
          <Button variant="default" onClick={() => onReplace(key)}>
            Create a replacement
          </Button>
        )}
        <Button onClick={onClose} data-autofocus>
          Done
        </Button>
      </Group>
    </Stack>
  );
}
