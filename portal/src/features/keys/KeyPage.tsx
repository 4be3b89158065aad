import { Button } from '@mantine/core';
import { useQuery, useSuspenseQuery } from '@tanstack/react-query';
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { meQuery, productQuery, resourcesQuery } from '@/api/queries.ts';
import type { Key, Product } from '@/api/types.ts';
import { keysLiveInResources, keysTitle } from '@/app/navigation.ts';
import { CreateKeyDialog } from '@/features/keys/CreateKeyDialog.tsx';
import styles from '@/features/keys/KeyPage.module.css';
import { KeyPageActivity } from '@/features/keys/KeyPageActivity.tsx';
import { KeyPageEarlier } from '@/features/keys/KeyPageEarlier.tsx';
import { KeyPageEdit } from '@/features/keys/KeyPageEdit.tsx';
import { KeyPageSummary } from '@/features/keys/KeyPageSummary.tsx';
import { mayEndEarlier } from '@/features/keys/keyPageExpiry.ts';
import { keyQuery } from '@/features/keys/keyQueries.ts';
import { titleOf } from '@/features/keys/keyState.ts';
import { RevokeKeyDialog } from '@/features/keys/RevokeKeyDialog.tsx';
import { useMembers } from '@/features/members/memberQueries.ts';
import { hasApiAccess } from '@/features/members/PlanRequired.tsx';
import { useWorkspaces } from '@/features/members/workspace.ts';
import type { Cast } from '@/features/usage/activityWords.ts';
import { UsageSection } from '@/features/usage/UsageSection.tsx';
import { USUAL_RANGE } from '@/features/usage/usageRange.ts';
import { Icon } from '@/ui/Icon.tsx';
import { Page } from '@/ui/Page.tsx';

type Open = 'edit' | 'earlier' | 'revoke' | 'replace' | null;

/** One key: what it is, what may be changed, how it was used and what was done with it. */
export function KeyPage() {
  const { key: id } = useParams({ from: '/_app/keys/$key' });
  const { range = USUAL_RANGE } = useSearch({ from: '/_app/keys/$key' });
  const navigate = useNavigate();
  const { data: product } = useSuspenseQuery(productQuery);
  const { data: key } = useSuspenseQuery(keyQuery(id));
  const context = useContextOf(key);
  const [open, setOpen] = useState<Open>(null);
  const close = () => setOpen(null);
  const isOver = key.status === 'revoked' || key.status === 'deactivated';
  return (
    <Page
      title={titleOf(key)}
      trail={<BackLink of={key} product={product} />}
      actions={
        <>
          <Button variant="default" onClick={() => setOpen('edit')}>
            Edit
          </Button>
          {mayEndEarlier(product, key) && (
            <Button variant="default" onClick={() => setOpen('earlier')}>
              Expire earlier
            </Button>
          )}
          {!isOver && (
            <Button variant="default" c="var(--kw-bad)" onClick={() => setOpen('revoke')}>
              {product.portal.revoke}
            </Button>
          )}
        </>
      }
    >
      <KeyPageSummary of={key} product={product} range={range} cast={context.cast} />
      <UsageSection
        of={key.id}
        isUsable={key.status === 'active'}
        wasUsed={key.last_used_at !== null}
        range={range}
        onRange={(next) =>
          navigate({
            to: '/keys/$key',
            params: { key: id },
            search: (before) => ({ ...before, range: next === USUAL_RANGE ? undefined : next }),
            replace: true,
            resetScroll: false,
          })
        }
        connect={connectPath(key)}
      />
      <KeyPageActivity cast={context.cast} />
      <KeyPageEdit of={key} product={product} opened={open === 'edit'} onClose={close} />
      <KeyPageEarlier of={key} opened={open === 'earlier'} onClose={close} />
      <RevokeKeyDialog
        product={product}
        revoking={open === 'revoke' ? key : null}
        onClose={close}
        onReplace={context.mayCreate ? () => setOpen('replace') : undefined}
      />
      <CreateKeyDialog
        product={product}
        scope={{
          workspace: key.scope.kind === 'workspace' ? key.scope.id : undefined,
          resource: key.scope.kind === 'resource' ? key.scope.id : undefined,
        }}
        opened={open === 'replace'}
        initial={{ name: key.name ?? '', description: key.description ?? '' }}
        onClose={(made) => {
          close();
          if (made !== null) {
            navigate({ to: '/keys/$key', params: { key: made.id } });
          }
        }}
      />
    </Page>
  );
}

/** Who may be named on the page, and whether a key may be made beside this one. */
function useContextOf(key: Key): { cast: Cast; mayCreate: boolean } {
  const { data: product } = useSuspenseQuery(productQuery);
  const { data: me } = useSuspenseQuery(meQuery);
  const { data: resources } = useSuspenseQuery(resourcesQuery);
  const owned =
    key.scope.kind === 'resource'
      ? resources.find((resource) => resource.id === key.scope.id)?.workspace
      : key.scope.kind === 'workspace'
        ? key.scope.id
        : null;
  const mine = useWorkspaces().find(({ workspace }) => workspace.id === owned);
  const names = useMembers(mine?.role === 'owner' ? mine.workspace.id : undefined);
  return {
    cast: { self: me.account.id, key: key.id, names },
    mayCreate: mine === undefined || hasApiAccess(product, mine.workspace),
  };
}

/** To the list the key stands in: the product's page of keys, or the page of what it opens. */
function BackLink({ of: key, product }: { of: Key; product: Product }) {
  const { data: resources } = useQuery(resourcesQuery);
  const resource =
    keysLiveInResources(product) && key.scope.kind === 'resource'
      ? resources?.find(({ id }) => id === key.scope.id)
      : undefined;
  const list: string = resource === undefined ? '/keys' : `${resourcePath(resource.id)}/keys`;
  return (
    <Link className={styles.back} to={list}>
      <Icon name="back" size={15} />
      {resource?.name ?? keysTitle(product)}
    </Link>
  );
}

function connectPath(key: Key): string {
  return key.scope.kind === 'resource' ? resourcePath(key.scope.id) : '/connect';
}

function resourcePath(id: string): string {
  return `/resources/${id}`;
}
