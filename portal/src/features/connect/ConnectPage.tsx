import { useSuspenseQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { meQuery, productQuery } from '@/api/queries.ts';
import { ConnectPanel } from '@/features/connect/ConnectPanel.tsx';
import type { ConnectSearch } from '@/features/connect/connectSearch.ts';
import { RestCalls } from '@/features/connect/RestCalls.tsx';
import { CreateKeyDialog } from '@/features/keys/CreateKeyDialog.tsx';
import { hasApiAccess, PlanRequired } from '@/features/members/PlanRequired.tsx';
import { useWorkspace } from '@/features/members/workspace.ts';
import { Page } from '@/ui/Page.tsx';

/** Connecting a client to the product, with a key of one's own; the choices stand in the address. */
export function ConnectPage() {
  const search = useSearch({ from: '/_app/connect' });
  const navigate = useNavigate({ from: '/connect' });
  const { data: product } = useSuspenseQuery(productQuery);
  const { data: me } = useSuspenseQuery(meQuery);
  const mine = useWorkspace();
  const [isCreating, setCreating] = useState(false);
  const workspace = product.key.scope === 'workspace' ? mine?.workspace : undefined;
  const mayCreate =
    product.key.scope !== 'resource' &&
    (workspace === undefined || hasApiAccess(product, workspace));
  const remember = (change: Partial<ConnectSearch>) => {
    navigate({ search: (before) => ({ ...before, ...change }), replace: true, resetScroll: false });
  };
  return (
    <Page
      title="Connect a client"
      about={`Let an MCP client or a program of yours use ${product.title}.`}
    >
      {workspace !== undefined && !mayCreate && (
        <PlanRequired product={product} workspace={workspace} />
      )}
      <ConnectPanel
        product={product}
        scope={{ workspace: workspace?.id, account: me.account.id }}
        search={search}
        onSearch={remember}
        createLabel={product.portal.create}
        onCreate={mayCreate ? () => setCreating(true) : undefined}
      />
      <RestCalls product={product} />
      <CreateKeyDialog
        product={product}
        scope={{ workspace: workspace?.id }}
        opened={isCreating}
        onClose={(made) => {
          setCreating(false);
          if (made !== null) {
            remember({ key: made.id });
          }
        }}
      />
    </Page>
  );
}
