import { Button, List } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import type { Key, Product } from '@/api/types.ts';
import { CreateKeyDialog } from '@/features/keys/CreateKeyDialog.tsx';
import type { KeyFormValues } from '@/features/keys/CreateKeyForm.tsx';
import { ExpiringBanner } from '@/features/keys/ExpiringBanner.tsx';
import { KeyList } from '@/features/keys/KeyList.tsx';
import type { KeyScope } from '@/features/keys/keyQueries.ts';
import type { KeySearch } from '@/features/keys/keySearch.ts';
import { RevokeKeyDialog } from '@/features/keys/RevokeKeyDialog.tsx';
import { ShortcutHelp } from '@/features/keys/ShortcutHelp.tsx';
import { Empty } from '@/ui/Page.tsx';
import { useShortcut } from '@/ui/useShortcut.ts';

interface Props {
  product: Product;
  scope: KeyScope;
  search: KeySearch;
  onSearch: (change: Partial<KeySearch>) => void;
  people?: Map<string, string>;
  trend?: (keys: Key[]) => (key: Key) => ReactNode;
  /** False where the plan has no API access: keys can be taken away, and none made. */
  mayCreate?: boolean;
  /** What a link asked to make; said once and then taken out of the address. */
  prefill?: Partial<KeyFormValues> | null;
  onPrefillUsed?: () => void;
  /** Puts the content where it belongs, with a way to make a key. */
  frame: (content: ReactNode, create: () => void) => ReactNode;
}

/** A list of keys with all that can be done to it: the same on every page that has one. */
export function KeysView(props: Props) {
  const { product, scope, search, onSearch, people, trend, frame, mayCreate = true } = props;
  const [creating, setCreating] = useState<Partial<KeyFormValues> | null>(
    mayCreate ? (props.prefill ?? null) : null,
  );
  const [revoking, setRevoking] = useState<Key | null>(null);
  const create = () => setCreating({});
  useShortcut('n', mayCreate ? create : undefined);
  return (
    <>
      {frame(
        <>
          <ExpiringBanner scope={scope} />
          <KeyList
            caption={`${product.title}: keys`}
            product={product}
            scope={scope}
            search={search}
            onSearch={onSearch}
            onRevoke={setRevoking}
            people={people}
            trend={trend}
            whenEmpty={<NoKeys product={product} onCreate={mayCreate ? create : undefined} />}
          />
        </>,
        create,
      )}
      <CreateKeyDialog
        product={product}
        scope={{ workspace: scope.workspace, resource: scope.resource }}
        opened={creating !== null}
        initial={creating ?? undefined}
        onClose={() => {
          setCreating(null);
          props.onPrefillUsed?.();
        }}
      />
      <ShortcutHelp />
      <RevokeKeyDialog
        product={product}
        revoking={revoking}
        onClose={() => setRevoking(null)}
        onReplace={
          mayCreate
            ? (gone) => {
                setRevoking(null);
                setCreating({ name: gone.name ?? '', description: gone.description ?? '' });
              }
            : undefined
        }
      />
    </>
  );
}

function NoKeys({ product, onCreate }: { product: Product; onCreate: (() => void) | undefined }) {
  return (
    <Empty
      icon="key"
      title="No keys yet"
      action={onCreate && <Button onClick={onCreate}>{product.portal.create}</Button>}
    >
      <p>A key lets a tool, a script or an MCP client use {product.title} for you.</p>
      <List size="sm" ta="start" withPadding>
        <List.Item>
          One key for each machine and client, so that each can be taken away alone
        </List.Item>
        {product.key.expiry.mode !== 'fixed' && (
          <List.Item>The shortest life that is practical</List.Item>
        )}
        <List.Item>In a variable or a keychain, never in a file that is shared</List.Item>
      </List>
    </Empty>
  );
}
