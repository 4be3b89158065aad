import { Button } from '@mantine/core';
import { useQueryClient, useSuspenseQuery } from '@tanstack/react-query';
import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { productQuery } from '@/api/queries.ts';
import { KeysView } from '@/features/keys/KeysView.tsx';
import type { KeySearch } from '@/features/keys/keySearch.ts';
import { ResourceFrame } from '@/features/resources/ResourceFrame.tsx';
import { resourceQuery } from '@/features/resources/resourceQueries.ts';
import { useTrends } from '@/features/usage/useTrends.tsx';
import { Icon } from '@/ui/Icon.tsx';

/** The keys of one resource, where keys live in resources: one for each client or environment. */
export function ResourceKeysPage() {
  const { resource: id } = useParams({ from: '/_app/resources/$resource/keys' });
  const search = useSearch({ from: '/_app/resources/$resource/keys' });
  const navigate = useNavigate({ from: '/resources/$resource/keys' });
  const { data: product } = useSuspenseQuery(productQuery);
  const { data: resource } = useSuspenseQuery(resourceQuery(useQueryClient(), id));
  const trend = useTrends();
  const change = (next: Partial<KeySearch>) => {
    navigate({ search: (before) => ({ ...before, ...next }), replace: true });
  };
  return (
    <KeysView
      product={product}
      scope={{ resource: id }}
      search={search}
      onSearch={change}
      trend={trend}
      frame={(content, create) => (
        <ResourceFrame
          product={product}
          resource={resource}
          about={`Each of these opens this ${resource.kind} and no other: one for every client, member or environment, so that each can go alone.`}
          actions={
            <Button leftSection={<Icon name="plus" />} onClick={create}>
              {product.portal.create}
            </Button>
          }
        >
          {content}
        </ResourceFrame>
      )}
    />
  );
}
