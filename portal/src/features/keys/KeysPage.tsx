import { Button, SegmentedControl } from '@mantine/core';
import { useSuspenseQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { meQuery, productQuery } from '@/api/queries.ts';
import { keysTitle, keysTrail } from '@/app/navigation.ts';
import { KeysView } from '@/features/keys/KeysView.tsx';
import type { KeyScope } from '@/features/keys/keyQueries.ts';
import type { KeySearch } from '@/features/keys/keySearch.ts';
import { NO_PREFILL, type Prefill, prefilled } from '@/features/keys/prefill.ts';
import { useMembers } from '@/features/members/memberQueries.ts';
import { hasApiAccess, PlanRequired } from '@/features/members/PlanRequired.tsx';
import { useWorkspace } from '@/features/members/workspace.ts';
import { useTrends } from '@/features/usage/useTrends.tsx';
import { Page } from '@/ui/Page.tsx';

/** The product's page of keys, under the name and in the place that the product gives it. */
export function KeysPage() {
  const { create, name, description, expires_in, ...search } = useSearch({ from: '/_app/keys' });
  const navigate = useNavigate({ from: '/keys' });
  const { data: product } = useSuspenseQuery(productQuery);
  const { data: me } = useSuspenseQuery(meQuery);
  const mine = useWorkspace();
  const isOwner = mine?.role === 'owner';
  const showsAll = isOwner && search.view === 'all';
  const workspace = product.key.scope === 'workspace' ? mine?.workspace : undefined;
  const scope: KeyScope = {
    workspace: workspace?.id,
    account: showsAll ? undefined : me.account.id,
  };
  const people = useMembers(showsAll ? workspace?.id : undefined);
  const trend = useTrends();
  const prefill = prefilled({ create, name, description, expires_in });
  const change = (next: Partial<KeySearch & Prefill>) =>
    navigate({ search: (before) => ({ ...before, ...next }), replace: true });
  const mayCreate = workspace === undefined || hasApiAccess(product, workspace);
  return (
    <KeysView
      product={product}
      scope={scope}
      search={search}
      onSearch={change}
      people={people}
      trend={trend}
      mayCreate={mayCreate}
      prefill={prefill}
      onPrefillUsed={() => change(NO_PREFILL)}
      frame={(content, create) => (
        <Page
          title={keysTitle(product)}
          trail={keysTrail(product)}
          about={`Keys let tools and scripts use ${product.title} for you. Each is shown once.`}
          actions={mayCreate && <Button onClick={create}>{product.portal.create}</Button>}
        >
          {workspace !== undefined && !mayCreate && (
            <PlanRequired product={product} workspace={workspace} />
          )}
          {isOwner && (
            <SegmentedControl
              mb="md"
              aria-label="Whose keys"
              value={showsAll ? 'all' : 'mine'}
              onChange={(value) => change({ view: value === 'all' ? 'all' : undefined })}
              data={[
                { value: 'mine', label: 'My keys' },
                { value: 'all', label: 'Everyone’s keys' },
              ]}
            />
          )}
          {content}
        </Page>
      )}
    />
  );
}
