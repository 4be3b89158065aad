import { Button, Skeleton } from '@mantine/core';
import { useInfiniteQuery, useSuspenseQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { productQuery, resourcesQuery } from '@/api/queries.ts';
import type { Product, Resource } from '@/api/types.ts';
import { keysLiveInResources, keysTitle, resourceNoun } from '@/app/navigation.ts';
import styles from '@/features/resources/Resources.module.css';
import { resourcePagesQuery } from '@/features/resources/resourceQueries.ts';
import { capitalised, plural } from '@/lib/words.ts';
import { Icon } from '@/ui/Icon.tsx';
import { ErrorNotice } from '@/ui/Notice.tsx';
import { Empty, Page, Panel } from '@/ui/Page.tsx';
import { When } from '@/ui/When.tsx';

/** What keys open, or connect to: each with the way to connect a client. */
export function ResourcesPage() {
  const { data: product } = useSuspenseQuery(productQuery);
  const { data: near } = useSuspenseQuery(resourcesQuery);
  const list = useInfiniteQuery(resourcePagesQuery);
  const noun = resourceNoun(product, near) ?? 'resource';
  const nouns = capitalised(plural(noun));
  const resources = list.data?.pages.flatMap((page) => page.data) ?? [];
  return (
    <Page
      title={nouns}
      about={
        keysLiveInResources(product)
          ? `Each ${noun} has keys of its own. Open one to see them, or to connect a client.`
          : `Choose a ${noun} to connect an MCP client or a program to it.`
      }
    >
      {list.isPending && <Skeleton height={180} radius="md" aria-label={`Loading: ${nouns}`} />}
      {list.isError && <ErrorNotice error={list.error} onRetry={() => list.refetch()} />}
      {list.isSuccess && resources.length === 0 && (
        <Panel>
          <Empty icon="folder" title={`No ${plural(noun)} yet`}>
            They are made in {product.title} itself, and appear here.
          </Empty>
        </Panel>
      )}
      {resources.length > 0 && (
        <div className={styles.wrap}>
          <ul className={styles.list}>
            {resources.map((resource) => (
              <Row key={resource.id} product={product} resource={resource} />
            ))}
          </ul>
          {list.hasNextPage && (
            <div className={styles.more}>
              <Button
                variant="default"
                loading={list.isFetchingNextPage}
                onClick={() => list.fetchNextPage()}
              >
                Show more
              </Button>
            </div>
          )}
        </div>
      )}
    </Page>
  );
}

function Row({ product, resource }: { product: Product; resource: Resource }) {
  const to = { resource: resource.id };
  return (
    <li className={styles.row}>
      <span className={styles.mark} aria-hidden="true">
        <Icon name="folder" />
      </span>
      <div className={styles.words}>
        <Link className={styles.name} to="/resources/$resource" params={to}>
          {resource.name}
        </Link>
        <span className={styles.faint}>
          Created <When at={resource.created_at} />
        </span>
      </div>
      <div className={styles.actions}>
        {keysLiveInResources(product) && (
          <Button
            variant="subtle"
            size="xs"
            renderRoot={(props) => <Link {...props} to="/resources/$resource/keys" params={to} />}
            aria-label={`${keysTitle(product)} of ${resource.name}`}
          >
            {keysTitle(product)}
          </Button>
        )}
        <Button
          variant="default"
          size="xs"
          leftSection={<Icon name="plug" size={15} />}
          renderRoot={(props) => <Link {...props} to="/resources/$resource" params={to} />}
          aria-label={`Connect ${resource.name}`}
        >
          Connect
        </Button>
      </div>
    </li>
  );
}
