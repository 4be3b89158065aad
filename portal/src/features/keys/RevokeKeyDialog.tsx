import { Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { meQuery } from '@/api/queries.ts';
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
import { useFocusOnMount } from '@/ui/useFocusOnMount.ts';
import { useLast } from '@/ui/useLast.ts';

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
  const { product, revoking, onClose } = props;
  const revoke = useRevokeKey();
  const shown = useLast(revoking);
  return (
    <Dialog
      title={
        shown !== null && revoke.data?.key.id === shown.id
          ? 'It no longer works'
          : `${product.portal.revoke} this key?`
      }
      opened={revoking !== null}
      onClose={onClose}
      // What comes of it must have a place to be told.
      closable={!revoke.isPending}
    >
      {shown !== null && <Content {...props} revoke={revoke} target={shown} key={shown.id} />}
    </Dialog>
  );
}

type ContentProps = Props & { target: Key; revoke: ReturnType<typeof useRevokeKey> };

function Content({ product, target, revoke, onClose, onReplace }: ContentProps) {
  const announce = useAnnounce();
  // What came of an earlier opening is not about this one.
  const begin = revoke.reset;
  useEffect(begin, [begin]);
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
  if (revoke.data?.key.id === target.id) {
    return <Gone of={target} product={product} onClose={onClose} onReplace={onReplace} />;
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
        <WhichOne of={target} />
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
          <Button variant="default" onClick={onClose} disabled={revoke.isPending} data-autofocus>
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

/** What tells it from others of the same name. */
function WhichOne({ of: key }: { of: Key }) {
  return (
    <Text size="sm" c="dimmed">
      <code dir="ltr">
        {key.hint !== null && key.hint !== key.id ? `${key.hint} · ` : ''}
        {key.id}
      </code>
    </Text>
  );
}

interface GoneProps {
  of: Key;
  product: Product;
  onClose: () => void;
  onReplace?: (gone: Key) => void;
}

function Gone({ of: key, product, onClose, onReplace }: GoneProps) {
  const done = useFocusOnMount<HTMLButtonElement>();
  const me = useQueryClient().getQueryData(meQuery.queryKey);
  // A key acts for whoever makes it: nobody can replace another's.
  const isMine = me === undefined || me.account.id === key.created_by;
  return (
    <Stack gap="md">
      <Group gap={8} wrap="nowrap" align="flex-start">
        <Icon name="check" />
        <Text>
          <strong>{titleOf(key)}</strong> no longer works anywhere.{' '}
          {product.portal.ended === 'listed'
            ? 'It stays in the list as a record.'
            : 'It is kept as a record, under the status “Deleted”.'}
        </Text>
      </Group>
      <Group justify="flex-end" gap="sm">
        {onReplace !== undefined && isMine && (
          <Button variant="default" onClick={() => onReplace(key)}>
            Create a replacement
          </Button>
        )}
        <Button ref={done} onClick={onClose}>
          Done
        </Button>
      </Group>
    </Stack>
  );
}
