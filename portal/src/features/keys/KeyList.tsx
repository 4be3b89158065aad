import { Button, Skeleton, Stack } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { type ReactNode, useEffect, useRef } from 'react';
import { isCode } from '@/api/problem.ts';
import type { Key, Product } from '@/api/types.ts';
import { KeyFilters } from '@/features/keys/KeyFilters.tsx';
import { KeyTable } from '@/features/keys/KeyTable.tsx';
import { type KeyScope, keyListQuery } from '@/features/keys/keyQueries.ts';
import { isFiltered, type KeySearch, NO_FILTERS } from '@/features/keys/keySearch.ts';
import { count } from '@/lib/words.ts';
import { useAnnounce } from '@/ui/Announcer.tsx';
import { ErrorNotice } from '@/ui/Notice.tsx';
import { Empty, Panel } from '@/ui/Page.tsx';

interface Props {
  caption: string;
  product: Product;
  scope: KeyScope;
  search: KeySearch;
  onSearch: (change: Partial<KeySearch>) => void;
  onRevoke: (key: Key) => void;
  /** What stands there while there are no keys at all. */
  whenEmpty: ReactNode;
  people?: Map<string, string>;
  trend?: (keys: Key[]) => (key: Key) => ReactNode;
}

/** A list of keys with its filters, and each of the reasons why it can be empty. */
export function KeyList(props: Props) {
  const { caption, product, scope, search, onSearch, whenEmpty } = props;
  const list = useInfiniteQuery(keyListQuery(scope, search));
  useSpokenCount(list.data, list.hasNextPage, search);
  if (isCode(list.error, 'forbidden')) {
    return (
      <Panel>
        <Empty icon="ban" title="You may not see these keys">
          Ask an owner of the workspace to show them to you or to let you in.
        </Empty>
      </Panel>
    );
  }
  const keys = list.data?.pages.flatMap((page) => page.data) ?? [];
  if (list.isSuccess && keys.length === 0 && !isFiltered(search)) {
    return (
      <>
        <Panel>{whenEmpty}</Panel>
        {product.portal.ended === 'filtered' && (
          // Without a list there are no filters, and what has ended stands under one.
          <Button variant="subtle" onClick={() => onSearch({ status: 'deleted' })}>
            Show deleted keys
          </Button>
        )}
      </>
    );
  }
  return (
    <>
      <KeyFilters product={product} search={search} onChange={onSearch} people={props.people} />
      {list.isError && <ErrorNotice error={list.error} onRetry={() => list.refetch()} />}
      {list.isPending && <Waiting />}
      {list.isSuccess && keys.length === 0 && <NoMatch onClear={() => onSearch(NO_FILTERS)} />}
      {keys.length > 0 && (
        <KeyTable
          caption={caption}
          keys={keys}
          product={product}
          sort={search.sort}
          onSort={(sort) => onSearch({ sort })}
          onRevoke={props.onRevoke}
          people={props.people}
          trend={props.trend?.(keys)}
          hasMore={list.hasNextPage}
          isLoadingMore={list.isFetchingNextPage}
          onMore={() => list.fetchNextPage()}
          rows={search.rows}
          onRows={(rows) => onSearch({ rows })}
        />
      )}
    </>
  );
}

/** Says how many keys a changed filter has left; what a page begins with is there to be read. */
function useSpokenCount(
  data: { pages: { data: Key[] }[] } | undefined,
  hasMore: boolean,
  search: KeySearch,
) {
  const announce = useAnnounce();
  const filters = JSON.stringify(search);
  const spoken = useRef(filters);
  const found = data?.pages.reduce((sum, page) => sum + page.data.length, 0);
  useEffect(() => {
    if (found !== undefined && spoken.current !== filters) {
      spoken.current = filters;
      announce(hasMore ? `${found} keys and more` : count(found, 'key'));
    }
  }, [found, hasMore, filters, announce]);
}

function NoMatch({ onClear }: { onClear: () => void }) {
  return (
    <Panel>
      <Empty
        icon="search"
        title="No key matches"
        action={
          <Button variant="default" onClick={onClear}>
            Clear filters
          </Button>
        }
      >
        Keys that have ended are kept: they may stand under another status.
      </Empty>
    </Panel>
  );
}

function Waiting() {
  return (
    <Stack gap={8} aria-busy="true" aria-label="Loading the keys">
      <Skeleton height={44} radius="md" />
      <Skeleton height={64} radius="md" />
      <Skeleton height={64} radius="md" />
      <Skeleton height={64} radius="md" />
    </Stack>
  );
}
