import { useQueryClient, useSuspenseQuery } from '@tanstack/react-query';
import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { meQuery, productQuery } from '@/api/queries.ts';
import type { Product, Resource } from '@/api/types.ts';
import { keysLiveInResources } from '@/app/navigation.ts';
import { ConnectPanel } from '@/features/connect/ConnectPanel.tsx';
import type { ConnectSearch } from '@/features/connect/connectSearch.ts';
import { CreateKeyDialog } from '@/features/keys/CreateKeyDialog.tsx';
import type { KeyScope } from '@/features/keys/keyQueries.ts';
import { ResourceFrame } from '@/features/resources/ResourceFrame.tsx';
import { resourceQuery } from '@/features/resources/resourceQueries.ts';
import { plural } from '@/lib/words.ts';

/** One resource: how a client is connected to it, with a key at hand or one made in place. */
export function ResourcePage() {
  const { resource: id } = useParams({ from: '/_app/resources/$resource' });
  const search = useSearch({ from: '/_app/resources/$resource' });
  const navigate = useNavigate({ from: '/resources/$resource' });
  const { data: product } = useSuspenseQuery(productQuery);
  const { data: me } = useSuspenseQuery(meQuery);
  const { data: resource } = useSuspenseQuery(resourceQuery(useQueryClient(), id));
  const [isCreating, setIsCreating] = useState(false);
  const keysHere = keysLiveInResources(product);
  // Where keys are the account's, one of them opens every resource of the account.
  const scope: KeyScope = keysHere ? { resource: id } : { account: me.account.id };
  const remember = (change: Partial<ConnectSearch>) => {
    navigate({ search: (before) => ({ ...before, ...change }), replace: true, resetScroll: false });
  };
  return (
    <ResourceFrame product={product} resource={resource} about={aboutConnecting(product, resource)}>
      <ConnectPanel
        product={product}
        scope={scope}
        search={search}
        onSearch={remember}
        createLabel={product.portal.create}
        onCreate={() => setIsCreating(true)}
      />
      <CreateKeyDialog
        product={product}
        scope={keysHere ? { resource: id } : {}}
        opened={isCreating}
        onClose={(made) => {
          setIsCreating(false);
          if (made !== null) {
            remember({ key: made.id });
          }
        }}
      />
    </ResourceFrame>
  );
}

function aboutConnecting(product: Product, { kind }: Resource): string {
  return keysLiveInResources(product)
    ? `Connect a client to this ${kind}. Its keys open nothing else.`
    : `Connect a client to this ${kind}. A key opens all of your ${plural(kind)}; clients name this one by its ID.`;
}
