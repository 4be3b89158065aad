import { useSuspenseQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { productQuery } from '@/api/queries.ts';
import { ConnectPanel } from '@/features/connect/ConnectPanel.tsx';
import { type ConnectSearch, readConnectSearch } from '@/features/connect/connectSearch.ts';
import type { KeyScope } from '@/features/keys/keyQueries.ts';
import { Page } from '@/ui/Page.tsx';

interface Props {
  scope?: KeyScope;
  create?: ReactNode;
}

/** Connecting a client, as a page; what was chosen stands in the address. */
export function ConnectPage({ scope = {}, create = null }: Props) {
  const { data: product } = useSuspenseQuery(productQuery);
  const search = readConnectSearch(useSearch({ strict: false }));
  const navigate = useNavigate();
  const remember = (change: Partial<ConnectSearch>) =>
    void navigate({
      to: '.',
      search: (old: Record<string, unknown>) => ({ ...old, ...change }),
      replace: true,
      resetScroll: false,
    });
  return (
    <Page
      title="Connect a client"
      about={`Give an MCP client or a program of yours access to ${product.title}.`}
    >
      <ConnectPanel
        product={product}
        scope={scope}
        search={search}
        onSearch={remember}
        create={create}
      />
    </Page>
  );
}
