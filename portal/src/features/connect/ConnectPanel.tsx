import { Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { ClientConnect } from '@/features/connect/ClientConnect.tsx';
import type { ConnectSearch } from '@/features/connect/connectSearch.ts';
import { FirstRequest } from '@/features/connect/FirstRequest.tsx';
import { KeyChoice } from '@/features/connect/KeyChoice.tsx';
import type { ConnectProduct } from '@/features/connect/target.ts';
import { activeKeysQuery, type KeyScope } from '@/features/keys/keyQueries.ts';
import { titleOf } from '@/features/keys/keyState.ts';
import { ErrorNotice } from '@/ui/Notice.tsx';
import { Panel } from '@/ui/Page.tsx';

interface Props {
  product: ConnectProduct;
  /** Whose keys may be used: those of the account, the workspace or the resource. */
  scope: KeyScope;
  search: ConnectSearch;
  onSearch: (change: Partial<ConnectSearch>) => void;
  /** The product's own words for making a key. */
  createLabel: string;
  /** Makes a key, in place; absent where the person may not. */
  onCreate: (() => void) | undefined;
}

/** From nothing to a connected client: a key, the client's settings, and the proof that it works. */
export function ConnectPanel(props: Props) {
  const { product, scope, search, onSearch, createLabel, onCreate } = props;
  const { data: keys, error, isPending, refetch } = useQuery(activeKeysQuery(scope));
  const chosen =
    keys?.find((key) => key.id === search.key) ?? (keys?.length === 1 ? keys[0] : undefined);
  return (
    <>
      <Panel title="Your key">
        {isPending && <Skeleton height={72} aria-label="Loading your keys" />}
        <ErrorNotice error={error} onRetry={() => void refetch()} />
        {keys !== undefined && (
          <KeyChoice
            keys={keys}
            chosen={chosen}
            onChoose={(key) => onSearch({ key: key.id })}
            createLabel={createLabel}
            onCreate={onCreate}
          />
        )}
      </Panel>
      <Panel title="Your client">
        <ClientConnect product={product} search={search} onSearch={onSearch} />
      </Panel>
      {chosen !== undefined && (
        <Panel title="Test the connection">
          <FirstRequest keyId={chosen.id} keyTitle={titleOf(chosen)} />
        </Panel>
      )}
    </>
  );
}
